import { attribute } from '../attributes.js';
import type { Context } from './context.js';
import type { Window } from './window.js';

/** A tensor [N, C, ...] with the forward tensor whose shape it has, but for the number of rows. */
interface Operand {
  readonly value: string;
  readonly like: string;
}

/**
 * Gradient of the kernel of a convolution: W[p, s, k] = Σ_n,i placed[n, p, i] · sliding[n, s, stride·i + dilation·k - pad].
 *
 * That is a convolution itself: the images are its channels, `placed` is its kernel, and stride and dilation change
 * places. Where the window is one place it is a product of matrices an image.
 * @param sliding what the window moves over: the input of a convolution, the output of a transposed one
 * @param placed what has one element a place of the window
 */
export function kernelGradient(
  sliding: Operand,
  placed: Operand,
  weights: string,
  window: Window,
  group: number,
  context: Context,
): string {
  const { kernel, strides, pads } = window;
  const isOnePlace =
    [...kernel, ...strides].every((length) => length === 1) && pads.every((pad) => pad === 0);
  return isOnePlace
    ? productOfMatrices(sliding, placed, weights, group, context)
    : convolutionOverImages(sliding, placed, weights, window, group, context);
}

function productOfMatrices(
  sliding: Operand,
  placed: Operand,
  weights: string,
  group: number,
  context: Context,
): string {
  const matrix = ({ value, like }: Operand) => {
    const [channels, ...places] = context.lengths(like, 1);
    const count = places.reduce((product, length) => product * length, 1);
    return context.reshape(value, [-1, group, channels / group, count]);
  };
  const perImage = context.matmul(matrix(placed), context.transpose(matrix(sliding), [0, 1, 3, 2]));
  return context.reshape(context.reduceSum(perImage, [0], false), [...context.lengths(weights)]);
}

function convolutionOverImages(
  sliding: Operand,
  placed: Operand,
  weights: string,
  { kernel, strides, dilations, pads }: Window,
  group: number,
  context: Context,
): string {
  const { lengths } = context;
  const [slidingChannels, ...extent] = lengths(sliding.like, 1);
  const [placedChannels, ...places] = lengths(placed.like, 1);
  const spatial = kernel.map((_, i) => i + 2);
  const own = slidingChannels / group;
  const [slidingRows, placedRows] = context.sameRows(sliding.value, placed.value, kernel.length + 2);
  // [N, group, own, ...] as `own` images of group · N channels.
  const split = context.reshape(slidingRows, [-1, group, own, ...extent]);
  const turned = context.transpose(split, [2, 1, 0, ...spatial.map((axis) => axis + 1)]);
  const images = context.reshape(turned, [own, -1, ...extent]);
  const windows = context.transpose(placedRows, [1, 0, ...spatial]);
  const gradient = context.op('Conv', [images, windows], {
    kernel_shape: attribute.ints(places),
    strides: attribute.ints(dilations),
    dilations: attribute.ints(strides),
    pads: attribute.ints(pads),
    group: attribute.int(group),
  });
  // What the last, incomplete step of the window left over makes places beyond the kernel.
  const cut = context.op('Slice', [
    gradient,
    context.ints(kernel.map(() => 0)),
    context.ints(kernel),
    context.ints(spatial),
  ]);
  const [, ...rest] = lengths(weights);
  return context.reshape(context.transpose(cut, [1, 0, ...spatial]), [placedChannels, ...rest]);
}
