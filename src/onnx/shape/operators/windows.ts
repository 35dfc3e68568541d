import { int, ints, string } from '../../attributes.js';
import type { Dimension, Node } from '../../graph.js';

/**
 * Output length of a convolution or pooling along one spatial axis (0 is the first after the channels), from the
 * node's strides, dilations, pads, auto_pad and ceil_mode.
 */
export function windowedLength(
  node: Node,
  length: Dimension,
  kernel: Dimension,
  axis: number,
  rank: number,
): Dimension {
  const stride = ints(node, 'strides')?.[axis] ?? 1;
  const dilation = ints(node, 'dilations')?.[axis] ?? 1;
  const auto = string(node, 'auto_pad', 'NOTSET');
  if (auto.startsWith('SAME') && stride === 1) return length;
  if (typeof kernel !== 'number') return null;
  const pads = ints(node, 'pads');
  const padding = auto === 'VALID' || pads === undefined ? 0 : pads[axis] + pads[axis + rank];
  const extent = dilation * (kernel - 1) + 1;
  if (stride === 1 && padding === extent - 1) return length;
  if (typeof length !== 'number') return null;
  if (auto.startsWith('SAME')) return Math.ceil(length / stride);
  if (int(node, 'ceil_mode', 0) === 0) return Math.floor((length + padding - extent) / stride) + 1;
  const ceiled = Math.ceil((length + padding - extent) / stride) + 1;
  // A last window that would start in the padding behind the input is left out.
  return (ceiled - 1) * stride >= length + (pads?.[axis] ?? 0) ? ceiled - 1 : ceiled;
}
