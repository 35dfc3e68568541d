import type { Window } from '../../channels-last/window-attributes.js';
import { Unsupported } from '../../unsupported.js';
import type { TfjsNode } from '../tfjs-node.js';

/** The sliding window of a node; its lists have one number for each of [batch, height, width, channels]. */
export function windowOf(node: TfjsNode, kernel: readonly number[]): Window {
  if (node.string('data_format', 'NHWC') !== 'NHWC')
    throw new Unsupported('channels before height and width');
  return {
    padding: paddingOf(node),
    kernel,
    strides: spatial(node.ints('strides')),
    dilations: spatial(node.ints('dilations')),
  };
}

function spatial(list: readonly number[]): readonly number[] {
  return list.length === 4 ? list.slice(1, 3) : [1, 1];
}

function paddingOf(node: TfjsNode): Window['padding'] {
  const padding = node.string('padding', 'VALID');
  if (padding === 'SAME') return 'same';
  if (padding === 'VALID') return 'valid';
  const [, , top, bottom, left, right] = node.ints('explicit_paddings');
  return { before: [top, left], after: [bottom, right] };
}
