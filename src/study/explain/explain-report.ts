import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeImage } from '../../dataset/decode-image.js';
import { methods } from '../../explain/methods.js';
import { colourMap } from '../../image/colour-map/colour-map.js';
import { toGray, toRgb } from '../../image/gray.js';
import { loadOpenCv } from '../../image/opencv.js';
import { overlay } from '../../image/overlay.js';
import { resize } from '../../image/resize.js';
import type { RunRecord } from '../../jobs/run/run-record.js';
import { readJournal } from '../../jobs/run/journal.js';
import type { FigureBlock, GalleryItem, Report } from '../../report/html/report.js';
import { reportImage } from '../../report/html/report-image.js';
import { neutralImage } from '../../report/neutral-image.js';
import { decodeNpy } from '../../tensor/npy.js';
import { images, inWords, number, withInterval } from '../report/in-words.js';
import { rankingInWords, rankingSection } from '../report/ranking-section.js';
import type { RunReport } from '../report/run-report.js';
import type { ExplainSummary } from './conclude.js';
import type { ExplainResult } from './explain.task.js';
import type { ImageMethod } from './image-method.js';
import { wordings } from './wording.js';
import type { FigureSettings } from './explanation-figure.js';
import type { SamplingSummary, Spread } from './summarise-sampling.js';
import { evidenceInWords, evidenceSection } from './evidence-section.js';
import { mapScale } from './map-scale.js';

type Section = Report['sections'][number];
type Group = ExplainSummary['groups'][number];

/** Photographs that the gallery shows; the rest lie in the run's folder. */
const galleryLimit = 24;
/** Width of a picture of the gallery, in pixels. */
const gallerySide = 280;

/** The report of `explain METHOD` on single images. */
export async function explainReport(folder: string, record: RunRecord): Promise<RunReport> {
  const method = record.command.replace('explain ', '') as ImageMethod['name'];
  const wording = wordings[method];
  const summary = record.results as unknown as ExplainSummary;
  const model = record.settings.model as { name: string };
  const settings = record.settings as unknown as FigureSettings;
  const [all] = summary.groups;
  return {
    title: model.name,
    question: 'Which parts of the face does the model look at?',
    keyResults: [
      method === 'occlusion' || all.regions.length > 0
        ? keyResult(model.name, summary.target, all)
        : `The ${summary.target} of ${model.name} was explained by ${method} on ${images(all.n)}.`,
      ...(all.evidence.length > 0 ? [evidenceInWords(model.name, summary.target, all)] : []),
    ],
    facts: [
      { name: 'model', value: model.name },
      { name: 'explained', value: summary.target },
      { name: 'images', value: `${record.counts.done} of ${record.counts.items}` },
      { name: 'mean as they are', value: withInterval(all.value.mean, all.value.interval) },
      ...samplingFacts(summary.sampling),
    ],
    sections: [
      ...(all.regions.length === 0
        ? []
        : [
            rankingSection(
              'Regions ranked by effect',
              `${model.name}-regions`,
              summary.target,
              summary.groups,
            ),
          ]),
      ...(all.evidence.length === 0 ? [] : [evidenceSection(summary.groups, wording.signed)]),
      ...(await meanMapSection(folder, summary.groups)),
      await gallerySection(folder, settings, wording.caption),
    ],
    howToRead: [
      wording.howToRead,
      'Every colour bar shows the true range of its own map; colours of two figures can be compared only by their bars.',
      ...(method === 'occlusion' || all.regions.length > 0 ? [ofRanking] : []),
      ...(all.evidence.length > 0 ? [ofEvidence] : []),
      ...(wording.hides ? [ofHiding] : []),
      ...(methods[method].needsGradient && all.evidence.length === 0
        ? []
        : ['Left and right are the subject’s.']),
    ],
  };
}

const ofRanking =
  'Regions are ranked by the mean of the absolute effect. Intervals are 95 % bootstrap intervals over images, or ' +
  'over people where the labels name them; where intervals overlap widely the order is not settled.';

const ofEvidence =
  'A region’s share is the part of a map’s values that lies in it. Regions overlap and leave parts of the image out, so shares ' +
  'do not add up to 100 %; values that were spread evenly would have the share of the area. Intervals are 95 % bootstrap ' +
  'intervals over images, or over people where the labels name them.';

const ofHiding =
  'Hiding a part makes an image that the model may never have seen. A large effect shows that the model reacts to ' +
  'the part being covered, which is not always the same as using it.';

function samplingFacts(sampling: SamplingSummary | undefined): { name: string; value: string }[] {
  if (sampling === undefined) return [];
  const { samples, unsettled, r2 } = sampling;
  const range = ({ least, median, most }: Spread, format: (value: number) => string) =>
    least === most ? format(least) : `median ${format(median)}, ${format(least)} to ${format(most)}`;
  return [
    { name: 'samples an image', value: range(samples, String) },
    ...(unsettled === null ? [] : [{ name: 'not settled', value: images(unsettled) }]),
    ...(r2 === null
      ? []
      : [{ name: 'R² of the linear model', value: range(r2, (value) => value.toFixed(2)) }]),
  ];
}

function keyResult(model: string, target: string, { regions, n }: Group): string {
  return regions.length === 0
    ? `${model} was explained on ${images(n)}; no regions of the face were hidden.`
    : rankingInWords(model, target, regions);
}

async function meanMapSection(folder: string, groups: readonly Group[]): Promise<Section[]> {
  const figures = await Promise.all(
    groups.flatMap(({ map, group, n }) =>
      map === null
        ? []
        : [figure(folder, map.figure, map.showsPhotograph, `${group ?? 'All images'}: mean of ${n} maps`)],
    ),
  );
  return figures.length === 0 ? [] : [{ title: 'Mean maps', blocks: [{ kind: 'figures', figures }] }];
}

async function gallerySection(folder: string, settings: FigureSettings, caption: string): Promise<Section> {
  const entries: { name: string; result: ExplainResult }[] = [];
  for await (const { item, result } of readJournal(join(folder, 'results.jsonl'))) {
    entries.push({ name: item, result: result as ExplainResult });
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const step = Math.max(1, entries.length / galleryLimit);
  const shown = Array.from(
    { length: Math.min(entries.length, galleryLimit) },
    (_, at) => entries[Math.floor(at * step)],
  );
  const items = await Promise.all(
    shown.map(({ name, result }) => galleryItem(folder, name, result, settings, caption)),
  );
  const note =
    entries.length > shown.length
      ? [
          `${shown.length} of ${entries.length} images, evenly spaced by name; all lie in the folder of the run.`,
        ]
      : [];
  return {
    title: 'Images',
    blocks: [
      ...(note.length > 0 ? [{ kind: 'text', paragraphs: note } as const] : []),
      { kind: 'gallery', items },
    ],
  };
}

async function galleryItem(
  folder: string,
  name: string,
  { files, target, value, regions, sampling, width, height }: ExplainResult,
  { photos, colormap, alpha }: FigureSettings,
  caption: string,
): Promise<GalleryItem> {
  const cv = await loadOpenCv();
  const strongest = [...regions].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)).at(0);
  const size = { width: gallerySide, height: Math.round((gallerySide * height) / width) };
  const view = files.view === null ? undefined : (await decodeImage(join(folder, files.view))).image;
  const enlarged = view === undefined ? undefined : resize(cv, view, size.width, size.height, 'cubic');
  const { data } = decodeNpy(await readFile(join(folder, files.map)));
  const map = { data: Float32Array.from(data as ArrayLike<number>), shape: [height, width] };
  const scale = mapScale(colormap, map.data);
  const drawn = overlay(cv, toRgb(toGray(enlarged ?? neutralImage(size.width, size.height))), map, {
    colourMap: colourMap(colormap),
    scale,
    alpha,
    interpolation: 'nearest',
  });
  return {
    name,
    lines: [
      `${target}: ${number(value)}`,
      ...(sampling?.r2 == null ? [] : [`R²: ${sampling.r2.toFixed(2)}, ${sampling.samples} samples`]),
      ...(strongest === undefined
        ? []
        : [`largest effect: ${inWords(strongest.name)}, ${number(strongest.effect)}`]),
    ],
    images: [
      ...(enlarged === undefined
        ? []
        : [
            { image: await reportImage(enlarged, { showsPhotograph: true }), caption: 'what the model sees' },
          ]),
      {
        image: await reportImage(drawn, { showsPhotograph: photos }),
        caption: `${caption}: ${number(scale.minimum)} to ${number(scale.maximum)}`,
      },
    ],
  };
}

async function figure(
  folder: string,
  path: string,
  showsPhotograph: boolean,
  caption: string,
): Promise<FigureBlock> {
  const image = await reportImage(await readFile(join(folder, path)), { showsPhotograph, maximumWidth: 640 });
  return { image, caption };
}
