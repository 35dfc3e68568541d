import type { Context } from './context.js';
import type { Window } from './window.js';

/** A tensor [N, C, ...] with the forward tensor whose shape it has, but for the number of rows. */
interface Operand {
  readonly value: string;
  readonly like: string;
}

/**
 * Gradient of the kernel of a convolution: W[p, s, k] = Σ_n,i placed[n, p, i] · sliding[n, s, stride·i + dilation·k - pad].
 * There is no operator that unfolds windows: one strided slice an entry of the kernel, stacked, makes it one product of
 * matrices an image.
 * @param sliding what the window moves over: the input of a convolution, the output of a transposed one
 * @param placed what has one element a place of the window
 */
export function kernelGradient(
  sliding: Operand,
  placed: Operand,
  weights: string,
  { kernel, strides, dilations, pads }: Window,
  group: number,
  context: Context,
): string {
  const { lengths } = context;
  const [slidingChannels] = lengths(sliding.like, 1);
  const [placedChannels, ...places] = lengths(placed.like, 1);
  const count = places.reduce((product, length) => product * length, 1);
  const spatial = kernel.map((_, i) => i + 2);

  const padded = pads.every((pad) => pad === 0)
    ? sliding.value
    : context.op('Pad', [
        sliding.value,
        context.ints([0, 0, ...pads.slice(0, kernel.length), 0, 0, ...pads.slice(kernel.length)]),
        context.number(0, sliding.value),
      ]);
  const shifted = offsets(kernel).map((offset) => {
    const starts = offset.map((k, i) => k * dilations[i]);
    const part = context.op('Slice', [
      padded,
      context.ints(starts),
      context.ints(starts.map((start, i) => start + (places[i] - 1) * strides[i] + 1)),
      context.ints(spatial),
      context.ints(strides),
    ]);
    return context.reshape(part, [-1, group, slidingChannels / group, 1, count]);
  });
  const unfolded = context.reshape(context.concat(shifted, 3), [
    -1,
    group,
    (slidingChannels / group) * shifted.length,
    count,
  ]);
  const rows = context.reshape(placed.value, [-1, group, placedChannels / group, count]);
  const perImage = context.matmul(rows, context.transpose(unfolded, [0, 1, 3, 2]));
  return context.reshape(context.reduceSum(perImage, [0], false), [...lengths(weights)]);
}

/** All positions in a kernel, the last axis fastest. */
function offsets(kernel: readonly number[]): readonly (readonly number[])[] {
  return kernel.reduce<readonly (readonly number[])[]>(
    (positions, length) =>
      positions.flatMap((position) => Array.from({ length }, (_, k) => [...position, k])),
    [[]],
  );
}
