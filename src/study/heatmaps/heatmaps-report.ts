import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../jobs/run/run-record.js';
import type { MeanInterval } from '../../measure/bootstrap-means.js';
import type { RankedRegion } from '../../measure/rank-regions.js';
import type { FigureBlock, GalleryItem, Report } from '../../report/html/report.js';
import { reportImage } from '../../report/html/report-image.js';
import { images, number, withInterval } from '../report/in-words.js';
import { rankingInWords, rankingSection } from '../report/ranking-section.js';
import type { RunReport } from '../report/run-report.js';
import { finishedImages } from './finished-images.js';

type Section = Report['sections'][number];

/** What `conclude` leaves in `run.json`. */
interface HeatmapsSummary {
  readonly score: { readonly name: string; readonly zero: string; readonly one: string };
  readonly footprints: { readonly recorded: number; readonly computed: number };
  readonly groups: readonly {
    readonly group: string | null;
    readonly n: number;
    readonly regular: MeanInterval;
    readonly regions: readonly RankedRegion[];
    readonly cells: readonly RankedRegion[];
    /** The average figures; paths are below the run's folder. */
    readonly figures?: readonly { readonly kind: string; readonly n: number; readonly png: string }[];
  }[];
  readonly notes: readonly string[];
}

/** Images that the gallery shows; the rest lie in the run's folder. */
const galleryLimit = 24;

/** The report of `heatmaps`. */
export async function heatmapsReport(folder: string, record: RunRecord): Promise<RunReport> {
  const summary = record.results as unknown as HeatmapsSummary;
  const photos = record.settings.photos !== false;
  const { score, groups, footprints } = summary;
  const [all] = groups;
  const withRegions = groups.filter(({ regions }) => regions.length > 0);
  const withCells = groups.filter(({ cells }) => cells.length > 0);
  return {
    title: 'Occlusion heat maps',
    question: 'How does the score change when a part of the face is hidden?',
    keyResults: [
      withRegions.length > 0
        ? rankingInWords('these scores', score.name, all.regions)
        : `Cells of a grid were hidden in ${images(all.n)}; the one that moves the ${score.name} most is ${all.cells[0].region}.`,
    ],
    facts: [
      { name: 'score', value: `${score.name}: 0 is ${score.zero}, 1 is ${score.one}` },
      { name: 'images', value: `${record.counts.done} of ${record.counts.items}` },
      { name: 'mean score as they are', value: withInterval(all.regular.mean, all.regular.interval) },
      {
        name: 'what was hidden',
        value:
          footprints.computed === 0
            ? 'as recorded by occlude'
            : `computed for ${images(footprints.computed)}, not recorded`,
      },
    ],
    sections: [
      ...(withRegions.length > 0
        ? [rankingSection('Regions ranked by effect', 'heatmaps-regions', score.name, withRegions)]
        : []),
      ...(await averageSection(folder, groups, photos)),
      ...(withCells.length > 0
        ? [
            rankingSection(
              'Cells of the grid ranked by effect',
              'heatmaps-cells',
              score.name,
              withCells.map(({ group, n, cells }) => ({ group, n, regions: cells })),
            ),
          ]
        : []),
      await gallerySection(folder, photos),
      ...(summary.notes.length > 0
        ? [{ title: 'Notes', blocks: [{ kind: 'text', paragraphs: summary.notes } as const] }]
        : []),
    ],
    howToRead: [
      'The effect of a part is the score of the image as it is minus the score with the part hidden: above 0 the part ' +
        `speaks for ${score.one}, below 0 for ${score.zero}.`,
      'Every colour bar shows the true range of its own figure; colours of two figures can be compared only by their bars.',
      'Parts are ranked by the mean of the absolute effect. Intervals are 95 % bootstrap intervals over images; where they ' +
        'overlap widely the order is not settled.',
      'Left and right are the subject’s. Rows and columns of the grid are counted from 0 at the upper left.',
    ],
  };
}

async function averageSection(
  folder: string,
  groups: HeatmapsSummary['groups'],
  photos: boolean,
): Promise<Section[]> {
  const figures: FigureBlock[] = [];
  for (const { group, figures: averages = [] } of groups) {
    for (const { kind, n, png } of averages) {
      const caption = `${group ?? 'All images'}, ${kind}: mean of ${images(n)}`;
      figures.push({ image: await figure(folder, png, photos, 640), caption });
    }
  }
  return figures.length === 0 ? [] : [{ title: 'Average heat maps', blocks: [{ kind: 'figures', figures }] }];
}

async function gallerySection(folder: string, photos: boolean): Promise<Section> {
  const entries = [...(await finishedImages(folder))()];
  const count = Math.min(entries.length, galleryLimit);
  const shown = Array.from({ length: count }, (_, at) => entries[Math.floor((at * entries.length) / count)]);
  const items: GalleryItem[] = [];
  for (const { name, result } of shown) {
    const { combined, grid, landmarks } = result.files;
    const path = combined ?? grid ?? landmarks;
    if (path === null) continue;
    items.push({
      name,
      lines: [
        `score as it is: ${number(result.regular)}`,
        ...(result.class === null ? [] : [`class: ${result.class}`]),
      ],
      images: [{ image: await figure(folder, path, photos, 560), caption: 'heat map' }],
    });
  }
  const note = entries.length > count ? [`${count} of ${entries.length} images, evenly spaced by name.`] : [];
  return {
    title: 'Images',
    blocks: [
      ...(note.length > 0 ? [{ kind: 'text', paragraphs: note } as const] : []),
      { kind: 'gallery', items },
    ],
  };
}

async function figure(folder: string, path: string, showsPhotograph: boolean, maximumWidth: number) {
  return reportImage(await readFile(join(folder, path)), { showsPhotograph, maximumWidth });
}
