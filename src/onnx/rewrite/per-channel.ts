import { attribute } from '../attributes.js';
import { Constant } from '../constant.js';
import type { RewriteSite } from './rewriter.js';

/** The values that a constant has for each channel of the images `x` [N, C, H, W], if it differs by channel at most. */
export function valuesPerChannel(constant: string, x: string, site: RewriteSite): Float32Array | undefined {
  const shape = site.shape(x);
  const stored = site.constant(constant);
  if (shape?.length !== 4 || typeof shape[1] !== 'number' || stored?.elementType !== 'float32')
    return undefined;
  const values = stored.float32();
  if (values.length === 1) return new Float32Array(shape[1]).fill(values[0]);
  const lengths = stored.shape.slice(-3);
  const alongChannels = lengths.length === 3 && lengths[0] === shape[1] && values.length === shape[1];
  return alongChannels ? values : undefined;
}

/** `scale` · x + `shift` with one value a channel each, as the convolution that stays in ONNX Runtime's blocked layout. */
export function affineInputs(
  x: string,
  scale: Float32Array,
  shift: Float32Array | undefined,
  site: RewriteSite,
) {
  const channels = scale.length;
  const weights = site.store(Constant.float32(scale, [channels, 1, 1, 1]));
  return {
    inputs: [x, weights, ...(shift === undefined ? [] : [site.store(Constant.float32(shift))])],
    attributes: { group: attribute.int(channels), kernel_shape: attribute.ints([1, 1]) },
  };
}
