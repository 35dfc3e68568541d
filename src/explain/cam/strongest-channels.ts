import type { LayerActivations } from './layer.js';

/**
 * The channels of a layer whose activations vary most over its pixels (standard deviation), in the layer's order; of equal
 * ones the first. All channels where there are no more.
 */
export function strongestChannels(
  { channels, width, height, activations }: LayerActivations,
  most: number = channels,
): number[] {
  const pixels = width * height;
  const variances = Array.from({ length: channels }, (_, channel) => {
    const own = activations.subarray(channel * pixels, (channel + 1) * pixels);
    const mean = own.reduce((sum, value) => sum + value, 0) / pixels;
    return own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels;
  });
  return Array.from(variances.keys())
    .sort((a, b) => variances[b] - variances[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
