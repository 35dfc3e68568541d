import type { RasterImage } from '../../image/raster-image.js';
import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import type { LossGradient } from './loss-gradient.js';
import { gradientNoiseMethods, type GradientNoiseMethodName } from './methods.js';
import { norms, type NormName } from './norms/norms.js';

export interface GradientNoiseOptions {
  readonly method: GradientNoiseMethodName;
  readonly norm: NormName;
  /** The largest size of the change, in levels of 8-bit samples (1/255 of their range); at least 1. */
  readonly epsilon: number;
  /** Whether the value is to rise or to fall. */
  readonly direction: 'raise' | 'lower';
  /** @default that of the method; `fgsm` takes one */
  readonly steps?: number | undefined;
  /** In levels. @default that of the method */
  readonly stepSize?: number | undefined;
  /** @default that of the method */
  readonly momentum?: number | undefined;
  /** Of the random start, a whole number below 2^32. @default 0 */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GradientNoise {
  /** The image with the noise, as whole levels from 0 to 255. */
  readonly image: RasterImage;
  /** The sizes of the change that is in it. */
  readonly reached: Readonly<Record<NormName, number>>;
  /** Values that were computed with their gradients. */
  readonly evaluations: number;
}

/**
 * Adds noise that follows the gradient of a value: within epsilon of the image, and within 0 to 255, also after it is rounded to
 * whole levels. Of all steps, the place where the value is best is kept. The same options give the same samples.
 *
 * @throws Problem where epsilon is 0 or too small for a whole level, or every gradient is 0
 */
export async function gradientNoise(
  image: RasterImage,
  lossGradient: LossGradient,
  options: GradientNoiseOptions,
): Promise<GradientNoise> {
  const { method, epsilon, signal, seed = 0 } = options;
  checkEpsilon(epsilon);
  const defaults = gradientNoiseMethods[method];
  const norm = norms[options.norm];
  const steps = method === 'fgsm' ? 1 : (options.steps ?? defaults.steps);
  const stepSize = options.stepSize ?? defaults.stepSize(steps) * epsilon;
  const momentum = options.momentum ?? defaults.momentum;
  const upwards = options.direction === 'raise' ? 1 : -1;

  const original = Float32Array.from(image.data);
  let samples = defaults.randomStart
    ? moved(original, norm.random(original.length, epsilon, new RandomState(seed)))
    : original.slice();
  let best: { samples: Float32Array; value: number } | undefined;
  let direction = new Float32Array(original.length);
  let flat = true;

  for (let step = 0; step <= steps; step++) {
    signal?.throwIfAborted();
    // The image as it is competes with nothing: noise is asked for.
    const { value, gradient } = await lossGradient(samples);
    if ((step > 0 || defaults.randomStart) && (best === undefined || upwards * value > upwards * best.value))
      best = { samples, value };
    if (step === steps) break;
    const size = sumOfSizes(gradient);
    if (size > 0) flat = false;
    direction = direction.map(
      (kept, at) => momentum * kept + (size === 0 ? 0 : (upwards * gradient[at]) / size),
    );
    const change = norm.steepest(direction, stepSize).map((move, at) => samples[at] + move - original[at]);
    norm.project(change, epsilon);
    samples = moved(original, change);
  }
  if (flat) {
    throw new Problem(
      'gradient',
      'it is 0 at every sample, so it shows no way to move the value',
      'the model is saturated here: take the logit as the target, or an image nearer to its threshold',
    );
  }

  const last = best!.samples;
  const whole = norm.round(
    last.map((sample, at) => sample - original[at]),
    epsilon,
  );
  return {
    // Rounding changes a sample by less than a level and towards a whole one: it cannot leave 0 to 255.
    image: { ...image, data: image.data.map((sample, at) => sample + whole[at]) },
    reached: { linf: norms.linf.length(whole), l2: norms.l2.length(whole) },
    evaluations: steps + 1,
  };
}

/** @throws Problem where no whole level fits into the ball. */
export function checkEpsilon(epsilon: number): void {
  if (Number.isFinite(epsilon) && epsilon >= 1) return;
  if (epsilon === 0)
    throw new Problem('--epsilon 0', 'leaves every image as it is', 'give at least 1, a level of 255');
  throw new Problem(
    `--epsilon ${epsilon}`,
    'is no change that samples of 8 bits can show',
    'give levels of 255, at least 1: 8 for 8/255',
  );
}

/** The image with a change, held within 0 to 255, which never makes the change larger. */
function moved(original: Float32Array, change: Float32Array): Float32Array {
  return original.map((sample, at) => Math.min(Math.max(sample + change[at], 0), 255));
}

function sumOfSizes(values: Float32Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}
