import type { Tensor } from '../../tensor/tensor.js';
import { channelMean } from './channel-mean.js';

/**
 * The combined map of xSSAB: mean over the channels of |G+| minus that of |G-|. Above 0 where the image speaks more for
 * a match than against it.
 *
 * @param positive gradient of the positive score with respect to the network's input, of shape [height, width, channels].
 * @param negative that of the negative score.
 * @returns one value a pixel
 */
export function combinedMap(positive: Tensor, negative: Tensor): Float32Array {
  const map = channelMean(positive);
  const against = channelMean(negative);
  for (let pixel = 0; pixel < map.length; pixel++) map[pixel] -= against[pixel];
  return map;
}
