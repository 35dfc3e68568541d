import { ints, string } from '../attributes.js';
import type { Node } from '../graph.js';
import type { Context } from './context.js';
import { Refusal } from './rule.js';

/** How a kernel moves over the spatial axes; each list has one entry an axis, `pads` all begins and then all ends. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pads: readonly number[];
  /** Length that the dilated kernel covers. */
  readonly extents: readonly number[];
}

/** The window of a node whose kernel has the given lengths, except for its padding. */
export function unpaddedWindow(node: Node, kernel: readonly number[]): Omit<Window, 'pads'> {
  const strides = ints(
    node,
    'strides',
    kernel.map(() => 1),
  );
  const dilations = ints(
    node,
    'dilations',
    kernel.map(() => 1),
  );
  return { kernel, strides, dilations, extents: kernel.map((length, i) => dilations[i] * (length - 1) + 1) };
}

/** The window of a convolution over `x`, `auto_pad` resolved. @throws {Refusal} where that needs a size that is open. */
export function convolutionWindow(
  node: Node,
  x: string,
  kernel: readonly number[],
  context: Context,
): Window {
  const window = unpaddedWindow(node, kernel);
  const mode = string(node, 'auto_pad', 'NOTSET');
  if (mode === 'NOTSET' || mode === 'VALID') {
    const none = [...kernel, ...kernel].map(() => 0);
    return { ...window, pads: mode === 'VALID' ? none : ints(node, 'pads', none) };
  }
  const totals = kernel.map((_, i) => {
    const { strides, extents } = window;
    if (strides[i] === 1) return extents[i] - 1;
    const length = context.shape(x)[i + 2];
    if (typeof length !== 'number') {
      throw new Refusal(`auto_pad ${mode} with a stride needs a fixed size of "${x}"`);
    }
    return Math.max(0, (Math.ceil(length / strides[i]) - 1) * strides[i] + extents[i] - length);
  });
  return { ...window, pads: splitPadding(totals, mode) };
}

/** Begins and ends of the padding of each axis; an odd one goes to the end unless the mode says otherwise. */
export function splitPadding(totals: readonly number[], mode: string): readonly number[] {
  const smaller = totals.map((total) => Math.floor(total / 2));
  const larger = totals.map((total, i) => total - smaller[i]);
  return mode === 'SAME_UPPER' ? [...smaller, ...larger] : [...larger, ...smaller];
}
