import { availableParallelism } from 'node:os';
import { prefersLogits } from '../../explain/cam/methods.js';
import { describeModel } from '../describe-model.js';
import { type FaceOptions, faceTools, needsOfView } from '../faces/face-tools.js';
import { checkOutputFolder } from '../check-output-folder.js';
import { imageItems } from '../image-items.js';
import { type OcclusionSettings, occlusionSettings } from '../occlusion/occlusion-settings.js';
import { checkStems } from '../output-name.js';
import { reportRuns } from '../report/report-runs.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../study.js';
import type { ExplainTaskOptions } from './explain.task.js';
import type { FigureSettings } from './explanation-figure.js';
import { conclude } from './conclude.js';
import { readGroups } from './groups.js';
import {
  type CamImageMethod,
  type GradientMethod,
  type ImageMethod,
  isCam,
  type MaskMethod,
  methodSettings,
  needsLandmarks,
} from './image-method.js';
import { targetRequest } from './target-request.js';

/** What every method that explains single images takes. */
export interface ExplainImagesOptions extends FaceOptions, FigureSettings, StudyOptions {
  readonly images: readonly string[];
  readonly output: string;
  readonly model: string;
  /** A card file. */
  readonly card?: string | undefined;
  /** See `parseTarget`. */
  readonly target?: string | undefined;
  /** The image that a verification model compares with. */
  readonly reference?: string | undefined;
  readonly aligned?: boolean | undefined;
  readonly batchSize: number;
  /** A CSV of labels, and the column to group by. */
  readonly labels?: string | undefined;
  readonly groupBy?: string | undefined;
  /** Seed of the bootstrap intervals. */
  readonly seed: number;
}

export type ExplainOptions = ExplainImagesOptions & OcclusionSettings;

/** Explains what a model says about images by occlusion: maps, mean maps, and the regions ranked by effect. */
export function explainByOcclusion(options: ExplainOptions, context: StudyContext): Promise<StudyOutcome> {
  return explainImages({ name: 'occlusion', occlusion: occlusionSettings(options) }, options, context);
}

/** Explains what a model says about images by hiding random parts: maps, mean maps and a report. */
export function explainByMasks(
  { method, ...options }: ExplainImagesOptions & { readonly method: MaskMethod },
  context: StudyContext,
): Promise<StudyOutcome> {
  return explainImages(method, options, context);
}

/**
 * Explains what a model says about images by its gradient: maps, mean maps, the share that each region of the face has of
 * them, and a report.
 */
export function explainByGradient(
  {
    method,
    regions = true,
    ...options
  }: ExplainImagesOptions & {
    readonly method: GradientMethod;
    /** Whether maps are added up by regions of the face, which takes landmarks. @default true */
    readonly regions?: boolean | undefined;
  },
  context: StudyContext,
): Promise<StudyOutcome> {
  return explainImages(method, options, context, regions);
}

/**
 * Explains what a model says about images by class activation maps: maps, mean maps, the share that each region of the face
 * has of them, and a report.
 */
export function explainByCam(
  {
    method,
    regions = true,
    ...options
  }: ExplainImagesOptions & {
    readonly method: CamImageMethod;
    /** Whether maps are added up by regions of the face, which takes landmarks. @default true */
    readonly regions?: boolean | undefined;
  },
  context: StudyContext,
): Promise<StudyOutcome> {
  return explainImages(method, options, context, regions);
}

/** Methods that run the model many times for one image. */
const manyPasses: readonly ImageMethod['name'][] = ['lime', 'rise', 'scorecam', 'ablationcam'];

/** Thousands of forward passes for one image are spread over the cores that no other image keeps busy. */
function threadsOfImage(images: number, workers = availableParallelism()): number {
  return Math.max(1, Math.floor(workers / Math.max(1, images)));
}

/** What is explained of a class where the user does not say. */
function preferredOf(method: ImageMethod): 'probability' | 'logit' {
  return isCam(method) && prefersLogits(method.name) ? 'logit' : 'probability';
}

async function explainImages(
  method: ImageMethod,
  options: ExplainImagesOptions,
  context: StudyContext,
  evidence?: boolean,
): Promise<StudyOutcome> {
  checkOutputFolder(options.output, options.images);
  const { items, problems } = await imageItems(options.images);
  checkStems(items.map(({ name }) => name));
  const groups = await readGroups(options, items);
  const description = await describeModel(options.model, options.card);
  const { card, sha256 } = description;
  const target = targetRequest(options, description, preferredOf(method));
  const { colormap, alpha, dpi, photos, seed, batchSize, aligned = false } = options;
  const view = aligned ? { detector: false, landmarks: false } : needsOfView(card.input, options);
  const regions = needsLandmarks(method) || evidence === true;
  const needs = { detector: view.detector || regions, landmarks: view.landmarks || regions };
  const { tools, settings: faceSettings } = await faceTools(options, needs, context);
  const figure: FigureSettings = { colormap, alpha, dpi, photos };
  const task: ExplainTaskOptions = {
    output: options.output,
    model: options.model,
    card,
    target,
    aligned,
    batchSize,
    threads: manyPasses.includes(method.name) ? threadsOfImage(items.length, options.workers) : 1,
    method,
    evidence: evidence === true,
    tools,
    figure,
  };
  const outcome = await runStudy(
    {
      request: {
        folder: options.output,
        command: `explain ${method.name}`,
        settings: {
          images: items.length,
          model: { name: card.name, reference: options.model, sha256 },
          preprocessing: card.input,
          target,
          aligned,
          ...(aligned && !regions ? {} : faceSettings),
          ...methodSettings(method),
          ...(evidence === undefined ? {} : { regions: evidence }),
          batchSize,
          seed,
          groupBy: groups.title,
          ...figure,
        },
      },
      title: 'explain',
      items,
      problems,
      module: new URL('./explain.task.js', import.meta.url),
      options: task,
      // A run that was stopped goes on later; its means would be of some of the images.
      conclude: (run, complete) =>
        complete
          ? conclude(run, groups, method.name, options)
          : Promise.resolve({ json: () => Promise.resolve(run.record), lookAt: options.output }),
    },
    options,
    context,
  );
  if (outcome.record.status === 'done') await reportRuns([outcome.folder], outcome.lookAt);
  return outcome;
}
