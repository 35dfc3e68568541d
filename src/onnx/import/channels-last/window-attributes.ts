import { attribute } from '../../attributes.js';
import type { Attributes } from '../../graph.js';
import type { ChannelsLastGraph, Value } from './channels-last-graph.js';

/** A sliding window; each pair is height, width. */
export interface Window {
  readonly padding:
    'same' | 'valid' | { readonly before: readonly number[]; readonly after: readonly number[] };
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/**
 * The attributes of Conv and of the pools. TensorFlow's "same" gives ceil(length / stride) places, and pads the end
 * where the padding is odd. It is written out as numbers wherever the input's size is known, because few tools read
 * `auto_pad`.
 */
export function windowAttributes(graph: ChannelsLastGraph, input: Value, window: Window): Attributes {
  const { padding, kernel, strides, dilations } = window;
  const attributes = {
    kernel_shape: attribute.ints(kernel),
    strides: attribute.ints(strides),
    ...(dilations.some((dilation) => dilation !== 1) ? { dilations: attribute.ints(dilations) } : {}),
  };
  if (padding === 'valid') return attributes;
  if (padding !== 'same')
    return { ...attributes, pads: attribute.ints([...padding.before, ...padding.after]) };
  const totals = kernel.map((size, axis) => {
    const [stride, length] = [strides[axis], graph.shape(input)[axis + 1]];
    const extent = (size - 1) * dilations[axis] + 1;
    if (stride === 1) return extent - 1;
    if (typeof length !== 'number') return undefined;
    return Math.max(0, (Math.ceil(length / stride) - 1) * stride + extent - length);
  });
  if (totals.some((total) => total === undefined)) {
    return { ...attributes, auto_pad: attribute.string('SAME_UPPER') };
  }
  const before = totals.map((total) => Math.floor(total! / 2));
  const after = totals.map((total, axis) => total! - before[axis]);
  return { ...attributes, pads: attribute.ints([...before, ...after]) };
}
