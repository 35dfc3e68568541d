import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { Task } from '../../../jobs/task.js';
import { gradientNoise, type GradientNoiseOptions } from '../../../perturb/adversarial/gradient-noise.js';
import type { NormName } from '../../../perturb/adversarial/norms/norms.js';
import type { ImageItem } from '../../image-items.js';
import { imageSeed } from '../../image-seed.js';
import { outputName } from '../../output-name.js';
import { type AttackedModelOptions, openAttackedModel } from '../attacked-model/attacked-model.js';
import type { AttackedScore } from '../attacked-model/summarise-attack.js';
import { accepted, attackable, directionOf, type NoiseGoal } from '../attacked-model/decision.js';

/** The noise that is asked for. Plain data. */
export interface NoiseSettings extends Pick<
  GradientNoiseOptions,
  'method' | 'norm' | 'epsilon' | 'steps' | 'stepSize' | 'momentum'
> {
  readonly goal: NoiseGoal;
  readonly threshold: number;
}

export interface GradientNoiseTaskOptions extends NoiseSettings, AttackedModelOptions {
  readonly outputPath: string;
  readonly seed: number;
}

/** What the journal keeps of one image. */
export interface GradientNoiseResult extends AttackedScore {
  /** Path of the image below the output folder. */
  readonly output: string;
  readonly width: number;
  readonly height: number;
  readonly direction: 'raise' | 'lower';
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
  const { goal, threshold } = options;
  const model = await openAttackedModel(options);
  return {
    async run({ name, file }) {
      const start = performance.now();
      const { view, notes } = await model.view(file, name);
      const before = await model.score(view);
      const direction = directionOf(goal, before, threshold);
      const seed = imageSeed(options.seed, name);
      const noisy = await gradientNoise(view, model.lossGradient(view), {
        ...options,
        direction,
        seed,
      });
      const after = await model.score(noisy.image);
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
