import type { Tensor } from '../../tensor/tensor.js';

/**
 * One value a pixel: the mean over the channels of |gradient|, absolute values first.
 *
 * @param gradient of shape [height, width, channels].
 */
export function channelMean({ data, shape: [height, width, channels] }: Tensor): Float32Array {
  const mean = new Float32Array(height * width);
  for (let pixel = 0, at = 0; pixel < mean.length; pixel++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += Math.abs(data[at++]);
    mean[pixel] = sum / channels;
  }
  return mean;
}
