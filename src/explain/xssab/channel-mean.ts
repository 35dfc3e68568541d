/**
 * One value a pixel: the mean over the channels of |gradient|, absolute values first.
 *
 * @param gradient channel by channel (CHW).
 */
export function channelMean(gradient: Float32Array, channels: number): Float32Array {
  const pixels = gradient.length / channels;
  const mean = new Float32Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let sum = 0;
    for (let at = pixel; at < gradient.length; at += pixels) sum += Math.abs(gradient[at]);
    mean[pixel] = sum / channels;
  }
  return mean;
}
