import { join, resolve } from 'node:path';
import { fileSha256 } from '../../model/zoo/file-sha256.js';
import type { FigureSettings } from '../explain/explanation-figure.js';
import { type FaceOptions, faceTools } from '../faces/face-tools.js';
import type { HeatMapMode } from '../occlusion/heat-map-mode.js';
import { reportRuns } from '../report/report-runs.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../study.js';
import { conclude } from './conclude.js';
import type { DisplayRequest } from './display.js';
import type { HeatmapTaskOptions } from './heatmaps.task.js';
import { planHeatmaps, type PlanRequest } from './plan-heatmaps.js';

export interface HeatmapsOptions extends PlanRequest, FaceOptions, FigureSettings, StudyOptions {
  readonly output: string;
  readonly heatmapMode: HeatMapMode;
  readonly generatedHeatmaps: 'individual' | 'average' | 'both';
  /** Of regions that no record of `occlude` tells of. */
  readonly landmarkPrecision: 'pixel' | 'bbox';
  readonly landmarkScaleFactor: number;
  /** Seed of the bootstrap intervals. */
  readonly seed: number;
}

/** Draws heat maps from the score files of any model, single and averaged, and ranks what was hidden by its effect. */
export async function heatmaps(options: HeatmapsOptions, context: StudyContext): Promise<StudyOutcome> {
  const { compat, output, regular, grid, landmark, images, occlusions, seed } = options;
  const { landmarkPrecision, landmarkScaleFactor } = options;
  const plan = await planHeatmaps(options);
  const { items, problems, notes, probabilities, gridShape } = plan;
  const findsFaces = items.some((item) => item.regions.length > 0 && item.recordedRegions === undefined);
  // The published tool draws the first face that is found.
  const faces = findsFaces
    ? await faceTools(
        compat === 'upstream' ? { ...options, select: 'first' } : options,
        { detector: true, landmarks: true },
        context,
      )
    : undefined;
  const { heatmapMode: mode, colormap, alpha, dpi, photos, generatedHeatmaps, classLabels: labels } = options;
  const display: DisplayRequest = { mode, colormap, labels, probabilities, compat };
  const figure: FigureSettings = { colormap, alpha, dpi, photos };
  const recorded = (key: 'recordedCells' | 'recordedRegions') =>
    items.filter((item) => item[key] !== undefined).length;
  const outcome = await runStudy(
    {
      request: {
        folder: output,
        command: 'heatmaps',
        settings: {
          regular: await described(regular),
          grid: await described(grid),
          landmark: await described(landmark),
          images: images && resolve(images),
          occlusions: occlusions && resolve(occlusions),
          recorded: { cells: recorded('recordedCells'), regions: recorded('recordedRegions') },
          mode,
          generatedHeatmaps,
          classLabels: labels,
          compat,
          ...faces?.settings,
          ...(findsFaces && compat !== 'upstream' ? { landmarkPrecision, landmarkScaleFactor } : {}),
          seed,
          ...figure,
        },
      },
      title: 'heatmaps',
      items,
      problems,
      notes,
      module: new URL('./heatmaps.task.js', import.meta.url),
      options: {
        output,
        display,
        figure,
        individual: generatedHeatmaps !== 'average',
        gridShape,
        landmarkPrecision,
        landmarkScaleFactor,
        tools: faces?.tools,
      } satisfies HeatmapTaskOptions,
      conclude: (run, complete) =>
        conclude(run, complete, { plan, display, figure, average: generatedHeatmaps !== 'individual', seed }),
    },
    options,
    context,
  );
  const lookAt = join(outcome.folder, 'report.html');
  if (outcome.record.status !== 'done') return outcome;
  await reportRuns([outcome.folder], lookAt);
  return { ...outcome, lookAt };
}

/** A file by its path and content, so that a run does not go on with other scores. */
async function described(file: string | undefined) {
  return file === undefined ? undefined : { file: resolve(file), sha256: await fileSha256(file) };
}
