import { int, ints, string } from '../attributes.js';
import type { Rewrite } from './rewriter.js';

/**
 * A depthwise transposed convolution of a single place is the kernel times that place's value: [N, C, 1, 1] times
 * [1, C, k, k]. It is the gradient of the convolution over the whole map that ends a MobileFaceNet.
 */
export const mulOfSinglePlace: Rewrite = (node, site) => {
  if (node.opType !== 'ConvTranspose' || node.inputs.length > 2) return;
  const weights = site.constant(node.inputs[1]);
  const places = site.shape(node.inputs[0])?.slice(2);
  if (weights === undefined || places?.every((length) => length === 1) !== true) return;
  const [channels, perGroup, ...kernel] = weights.shape;
  const isPlain =
    perGroup === 1 &&
    int(node, 'group', 1) === channels &&
    string(node, 'auto_pad', 'NOTSET') === 'NOTSET' &&
    ints(node, 'output_shape') === undefined &&
    ['pads', 'output_padding'].every((name) => ints(node, name, []).every((length) => length === 0)) &&
    ints(node, 'dilations', []).every((dilation) => dilation === 1);
  if (isPlain) site.replace('Mul', [node.inputs[0], site.store(weights.reshaped([1, channels, ...kernel]))]);
};
