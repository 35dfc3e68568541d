import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../jobs/run/run-folder.js';
import { renderHeatmapFigure } from '../../report/figure/render-heatmap-figure.js';
import { encodeNpy } from '../../tensor/npy.js';
import type { StudyOutcome } from '../study.js';
import type { ExplainResult } from './explain.task.js';
import type { FigureSettings } from './explanation-figure.js';
import type { Grouping } from './groups.js';
import { fileName } from '../output-name.js';
import { evidenceTable } from './evidence-table.js';
import { mapScale } from './map-scale.js';
import type { ImageMethod } from './image-method.js';
import { meanView } from './mean-view.js';
import { regionsTable } from './regions-table.js';
import { type ExplainedImage, type GroupSummary, summarise } from './summarise.js';
import { type SamplingSummary, summariseSampling } from './summarise-sampling.js';
import { wordings } from './wording.js';

/** What `run.json` holds of a finished explanation; the report is made from it. */
export interface ExplainSummary {
  readonly target: string;
  /** Where the method draws masks at random. */
  readonly sampling?: SamplingSummary | undefined;
  readonly groups: readonly (Omit<GroupSummary, 'map' | 'views'> & {
    /** Paths of the mean map below the run's folder; null where the maps are not of one size. */
    readonly map: { readonly npy: string; readonly figure: string; readonly showsPhotograph: boolean } | null;
  })[];
}

/**
 * Adds up the images of a run, sorted by name: mean maps in `mean/`, the ranking of the regions in `regions.csv`, all of
 * it in `run.json`.
 */
export async function conclude(
  run: RunFolder,
  groups: Grouping,
  method: ImageMethod['name'],
  options: FigureSettings & { readonly seed: number },
): Promise<Pick<StudyOutcome, 'json' | 'lookAt'>> {
  const images: ExplainedImage[] = [];
  for await (const { item: name, result } of run.results()) {
    images.push({
      name,
      group: groups.groupOf(name),
      subject: groups.subjectOf(name),
      result: result as ExplainResult,
    });
  }
  images.sort((a, b) => (a.name < b.name ? -1 : 1));
  const summaries = await summarise(run.folder, images, options.seed);
  const target = images[0].result.target;
  const summary: ExplainSummary = {
    target,
    sampling: summariseSampling(images.map(({ result }) => result.sampling)),
    groups: await Promise.all(
      summaries.map((group) => writeMeanMap(run.folder, group, wordings[method].values(target), options)),
    ),
  };
  if (method === 'occlusion' || summaries.some(({ regions }) => regions.length > 0)) {
    await writeFileAtomic(join(run.folder, 'regions.csv'), regionsTable(summaries));
  }
  if (summaries.some(({ evidence }) => evidence.length > 0)) {
    await writeFileAtomic(join(run.folder, 'regions.csv'), evidenceTable(summaries));
  }
  run.record.results = { ...summary };
  const json = () =>
    Promise.all(
      images.map(
        async ({ result }) =>
          JSON.parse(await readFile(join(run.folder, result.files.json), 'utf8')) as unknown,
      ),
    );
  return { json, lookAt: join(run.folder, 'report.html') };
}

async function writeMeanMap(
  folder: string,
  { map, views, ...summary }: GroupSummary,
  values: string,
  { colormap, alpha, dpi }: FigureSettings,
): Promise<ExplainSummary['groups'][number]> {
  if (map === undefined) return { ...summary, map: null };
  const { width, height, mean, n } = map;
  const name = summary.group === undefined ? 'all' : fileName(summary.group);
  const face = await meanView(folder, views);
  const files = { showsPhotograph: face !== undefined, npy: `mean/${name}.npy`, figure: `mean/${name}.png` };
  const figure = await renderHeatmapFigure({
    title: summary.group === undefined ? 'Mean map' : `Mean map: ${summary.group}`,
    count: n,
    photograph: face ?? { width, height },
    map: { data: mean, shape: [height, width] },
    colourMap: colormap,
    scale: mapScale(colormap, mean),
    colourBarLabel: `mean ${values}`,
    alpha,
    dpi,
  });
  await writeFileAtomic(join(folder, files.npy), encodeNpy({ data: mean, shape: [height, width] }));
  await writeFileAtomic(join(folder, files.figure), figure);
  return { ...summary, map: files };
}
