import type { Window } from '../../channels-last/window-attributes.js';
import { Unsupported } from '../../unsupported.js';
import type { KerasLayer } from '../keras-layer.js';

/** The sliding window of a convolution or pooling layer. */
export function windowOf(
  layer: KerasLayer,
  kernel: readonly number[],
  otherwise: readonly number[] = [1, 1],
): Window {
  layer.refuseChannelsFirst();
  const padding = layer.string('padding', 'valid');
  if (padding !== 'same' && padding !== 'valid') throw new Unsupported(`the padding ${padding}`);
  return {
    padding,
    kernel,
    strides: layer.pair('strides', otherwise),
    dilations: layer.pair('dilation_rate', [1, 1]),
  };
}
