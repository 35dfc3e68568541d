import type { RasterImage } from '../../../image/raster-image.js';
import { Problem } from '../../../problem.js';
import { RandomState } from '../../../tensor/random.js';
import type { LossGradient } from '../loss-gradient.js';
import type { PatchCorner } from './paste-patch.js';

export interface PatchOptions {
  /** Side of the square patch in pixels of the images. */
  readonly size: number;
  /** Where its middle lies, as shares of the width and the height. */
  readonly place: readonly [x: number, y: number];
  /** While it is made, it is moved by up to so many pixels each way, so that it need not be placed exactly. @default 4 */
  readonly jitter?: number | undefined;
  readonly direction: 'raise' | 'lower';
  /** @default 50 */
  readonly steps?: number | undefined;
  /** Levels that a sample moves in one step. @default 8 */
  readonly stepSize?: number | undefined;
  /** Images whose gradients are added up in a step. @default 4 */
  readonly imagesPerStep?: number | undefined;
  /** @default 0 */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface OptimisedPatch {
  readonly patch: RasterImage;
  /** The mean value of the images of each step, with the patch as it was before the step. */
  readonly trace: readonly number[];
}

/** How much of the direction of earlier steps is kept. */
const momentum = 0.9;

/**
 * A universal adversarial patch (Brown et al., "Adversarial patch", NIPS workshop 2017): one square that raises or lowers a value
 * on whatever image it lies, made of the gradients of several images with the patch at random places near its own. From middle
 * gray, each step moves every sample by `stepSize` along the sign of the running sum of mean gradients; samples stay within 0 to
 * 255. The images are taken in random order, all of them before any comes again.
 *
 * @param images of one size; none is changed
 * @throws Problem where the patch does not fit, or every gradient is 0
 */
export async function optimisePatch(
  images: readonly RasterImage[],
  lossGradient: LossGradient,
  options: PatchOptions,
): Promise<OptimisedPatch> {
  const { size, direction, signal } = options;
  const { jitter = 4, steps = 50, stepSize = 8, imagesPerStep = 4, seed = 0 } = options;
  const { width, height, channels } = images[0];
  const corner = patchCorner(images[0], options);
  const random = new RandomState(seed);
  const upwards = direction === 'raise' ? 1 : -1;
  const patch = new Float32Array(size * size * channels).fill(127.5);
  const kept = new Float32Array(patch.length);
  const trace: number[] = [];
  const line = size * channels;
  let order: number[] = [];
  let flat = true;

  for (let step = 0; step < steps; step++) {
    const sum = new Float64Array(patch.length);
    let value = 0;
    for (let turn = 0; turn < imagesPerStep; turn++) {
      signal?.throwIfAborted();
      if (order.length === 0) {
        order = [...images.keys()];
        random.shuffle(order);
      }
      const image = images[order.pop()!];
      const x = held(corner.x + random.integer(-jitter, jitter + 1), width - size);
      const y = held(corner.y + random.integer(-jitter, jitter + 1), height - size);
      const samples = Float32Array.from(image.data);
      const at = (row: number) => ((y + row) * width + x) * channels;
      for (let row = 0; row < size; row++) samples.set(patch.subarray(row * line, (row + 1) * line), at(row));
      const found = await lossGradient(samples);
      value += found.value / imagesPerStep;
      for (let row = 0; row < size; row++)
        for (let i = 0; i < line; i++) sum[row * line + i] += found.gradient[at(row) + i];
    }
    trace.push(value);
    const total = sum.reduce((all, each) => all + Math.abs(each), 0);
    if (total > 0) flat = false;
    for (let i = 0; i < patch.length; i++) {
      kept[i] = momentum * kept[i] + (total === 0 ? 0 : (upwards * sum[i]) / total);
      patch[i] = held(patch[i] + stepSize * Math.sign(kept[i]), 255);
    }
  }
  if (flat) {
    throw new Problem(
      'patch',
      'the gradient is 0 at all of its samples',
      'place it where the model looks, or take the logit as the target',
    );
  }
  const data = Uint8Array.from(patch, Math.round);
  return { patch: { width: size, height: size, channels, data }, trace };
}

/**
 * Where a patch lies in an image.
 * @throws Problem where it does not fit into the image
 */
export function patchCorner(
  { width, height }: Pick<RasterImage, 'width' | 'height'>,
  { size, place: [x, y] }: Pick<PatchOptions, 'size' | 'place'>,
): PatchCorner {
  if (size > width || size > height) {
    throw new Problem(
      'patch',
      `${size} pixels do not fit into the ${width}x${height} that the model sees`,
      'make it smaller',
    );
  }
  return {
    x: held(Math.round(x * width - size / 2), width - size),
    y: held(Math.round(y * height - size / 2), height - size),
  };
}

function held(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
