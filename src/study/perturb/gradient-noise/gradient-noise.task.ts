import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { openDifferentiable } from '../../../explain/differentiable.js';
import { toGray, toRgb } from '../../../image/gray.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Task } from '../../../jobs/task.js';
import type { Card } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import { outputRow } from '../../../model/outputs/output-row.js';
import { gradientNoise, type GradientNoiseOptions } from '../../../perturb/adversarial/gradient-noise.js';
import type { NormName } from '../../../perturb/adversarial/norms/norms.js';
import { bindRequest } from '../../explain/bind-request.js';
import type { TargetRequest } from '../../explain/target-request.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { faceView, wholeView } from '../../faces/face-view.js';
import { resizedView } from '../../faces/resized-view.js';
import type { ImageItem } from '../../image-items.js';
import { imageSeed } from '../../image-seed.js';
import { outputName } from '../../output-name.js';
import { runImages } from '../../score/run-images.js';
import { accepted, attackable, directionOf, type NoiseGoal } from './decision.js';
import { objectiveOf } from './objective.js';
import { viewGradient } from './view-gradient.js';

/** The noise that is asked for. Plain data. */
export interface NoiseSettings extends Pick<
  GradientNoiseOptions,
  'method' | 'norm' | 'epsilon' | 'steps' | 'stepSize' | 'momentum'
> {
  readonly goal: NoiseGoal;
  readonly threshold: number;
}

export interface GradientNoiseTaskOptions extends NoiseSettings {
  readonly outputPath: string;
  readonly model: string;
  readonly card: Card;
  readonly target: TargetRequest;
  /** The images are what the model sees. */
  readonly aligned: boolean;
  readonly seed: number;
  readonly tools: FaceTools;
}

/** What the journal keeps of one image. */
export interface GradientNoiseResult {
  /** Path of the image below the output folder. */
  readonly output: string;
  readonly width: number;
  readonly height: number;
  readonly direction: 'raise' | 'lower';
  /** The score of the view as it is, and of the image that was written. */
  readonly before: number;
  readonly after: number;
  /** Whether there was a decision to change; an image that has the decision wanted already has none. */
  readonly attackable: boolean;
  /** Whether the decision at the threshold changed. */
  readonly flipped: boolean;
  /** The sizes of the change in levels of 8-bit samples. */
  readonly reached: Readonly<Record<NormName, number>>;
  readonly seed: number;
  readonly evaluations: number;
  readonly milliseconds: number;
  readonly notes: readonly string[];
}

/** Adds noise to what the model sees of one image after the other. An item's name is its path below the input folder. */
export default async function startGradientNoise(
  options: GradientNoiseTaskOptions,
): Promise<Task<ImageItem, GradientNoiseResult>> {
  const { card, aligned, goal, threshold } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true });
  const viewOf = async (photo: RasterImage) =>
    aligned ? wholeView(photo) : faceView(cv, finder, card.input, photo);
  const target = await bindRequest(cv, model, options.target, viewOf);
  const { followed, scored } = objectiveOf(target, model);
  const network = await openDifferentiable(model, followed.output, { inline: true });

  const scoreOf = async (view: RasterImage) => {
    const values = outputRow(card, await runImages(cv, model, [view]), scored.output, 0);
    return scored.value(values, values);
  };

  return {
    async run({ name, file }) {
      const start = performance.now();
      const { image: photo, notes } = await decodeImage(file, { name });
      const { image } = resizedView(cv, card.input, await viewOf(photo));
      const view = card.input.channels === 'gray' ? toGray(image) : toRgb(image);
      const before = await scoreOf(view);
      const direction = directionOf(goal, before, threshold);
      const seed = imageSeed(options.seed, name);
      const noisy = await gradientNoise(view, viewGradient(network, followed, view), {
        ...options,
        direction,
        seed,
      });
      const after = await scoreOf(noisy.image);
      const output = outputName(name, 'png');
      await writeFileAtomic(outputPath(options.outputPath, output), await encodeImage(noisy.image, 'png'));
      return {
        output,
        width: view.width,
        height: view.height,
        direction,
        before,
        after,
        attackable: attackable(goal, before, threshold),
        flipped: accepted(before, threshold) !== accepted(after, threshold),
        reached: noisy.reached,
        seed,
        evaluations: noisy.evaluations,
        milliseconds: performance.now() - start,
        notes,
      };
    },
  };
}
