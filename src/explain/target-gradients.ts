import { elementCount, type Tensor } from '../tensor/tensor.js';
import type { AttributionOptions } from './attribution.js';
import type { Differentiable } from './differentiable.js';
import type { BoundTarget } from './target.js';

/** How many images went through a network. */
export interface Passes {
  readonly forwardPasses: number;
  readonly backwardPasses: number;
}

/**
 * The gradients of a target at variants of an input, batch after batch: memory does not grow with their number.
 *
 * @param original the output's values of the image as it is.
 * @param shape of the network's input, [1, ...].
 * @param writeRow fills the buffer of variant `index`, in order.
 * @param take receives the gradient of each variant, in order; it is a view.
 */
export async function targetGradients(
  network: Differentiable,
  bound: BoundTarget,
  original: Float32Array,
  shape: readonly number[],
  count: number,
  writeRow: (index: number, into: Float32Array) => void,
  take: (index: number, gradient: Float32Array) => void,
  { batchSize = 16, signal, onProgress }: AttributionOptions,
): Promise<Passes> {
  const size = elementCount(shape);
  const buffer = new Float32Array(Math.min(batchSize, count) * size);
  for (let first = 0; first < count; first += batchSize) {
    signal?.throwIfAborted();
    const rows = Math.min(batchSize, count - first);
    for (let row = 0; row < rows; row++) {
      writeRow(first + row, buffer.subarray(row * size, (row + 1) * size));
    }
    const images: Tensor = { data: buffer.subarray(0, rows * size), shape: shape.with(0, rows) };
    const outputs = bound.linear
      ? Array.from({ length: rows }, () => original)
      : await network.forward(images);
    const seeds = outputs.map((values) => bound.gradient(values, original));
    const { data } = await network.backward(images, seeds);
    for (let row = 0; row < rows; row++) take(first + row, data.subarray(row * size, (row + 1) * size));
    onProgress?.(first + rows, count);
  }
  return { forwardPasses: bound.linear ? count : 2 * count, backwardPasses: count };
}
