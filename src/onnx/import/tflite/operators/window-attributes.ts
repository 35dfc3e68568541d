import { attribute } from '../../../attributes.js';
import type { Attributes } from '../../../graph.js';
import type { ImportGraph } from '../import-graph.js';

/** A sliding window; each pair is height, width. */
export interface Window {
  /** TFLite's enum: 0 is SAME, 1 is VALID. */
  readonly padding: number;
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/**
 * The attributes of Conv and of the pools. SAME gives ceil(length / stride) places, and pads the end where the padding
 * is odd. It is written out as numbers wherever they do not depend on the input's size, because few tools read
 * `auto_pad`.
 */
export function windowAttributes(graph: ImportGraph, input: number, window: Window): Attributes {
  const { padding, kernel, strides, dilations } = window;
  const attributes = {
    kernel_shape: attribute.ints(kernel),
    strides: attribute.ints(strides),
    ...(dilations.some((dilation) => dilation !== 1) ? { dilations: attribute.ints(dilations) } : {}),
  };
  if (padding === 1) return attributes;
  if (graph.anySize && strides.some((stride) => stride > 1)) {
    return { ...attributes, auto_pad: attribute.string('SAME_UPPER') };
  }
  const totals = kernel.map((size, axis) => {
    const [stride, length] = [strides[axis], graph.shape(input)[axis + 1]];
    const extent = (size - 1) * dilations[axis] + 1;
    if (stride === 1) return extent - 1;
    return Math.max(0, (Math.ceil(length / stride) - 1) * stride + extent - length);
  });
  const before = totals.map((total) => Math.floor(total / 2));
  return {
    ...attributes,
    pads: attribute.ints([...before, ...totals.map((total, axis) => total - before[axis])]),
  };
}
