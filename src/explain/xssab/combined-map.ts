import { channelMean } from './channel-mean.js';

/**
 * The combined map of xSSAB: mean over the channels of |G+| minus that of |G-|. Above 0 where the image speaks more for
 * a match than against it.
 *
 * @param positive gradient of the positive score with respect to the network's input, channel by channel (CHW).
 * @param negative that of the negative score.
 * @param channels of the input.
 * @returns one value a pixel
 */
export function combinedMap(positive: Float32Array, negative: Float32Array, channels: number): Float32Array {
  const map = channelMean(positive, channels);
  const against = channelMean(negative, channels);
  for (let pixel = 0; pixel < map.length; pixel++) map[pixel] -= against[pixel];
  return map;
}
