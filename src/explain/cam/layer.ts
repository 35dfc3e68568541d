/** What a layer of a network holds for one image: `channels` maps of `height` rows, one after the other. */
export interface LayerActivations {
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  readonly activations: Float32Array;
}

/** The same, with the derivative of the target by each activation. */
export interface LayerGradients extends LayerActivations {
  readonly gradients: Float32Array;
}

/** One weight a channel: the sum over its pixels of what `term` gives for each place of the layer. */
export function channelSums(
  { channels, width, height }: LayerActivations,
  term: (at: number) => number,
): Float64Array {
  const pixels = width * height;
  const sums = new Float64Array(channels);
  for (let channel = 0, at = 0; channel < channels; channel++) {
    for (const end = at + pixels; at < end; at++) sums[channel] += term(at);
  }
  return sums;
}

/** One value a pixel: the sum over the channels of what `term` gives for each place of the layer. */
export function pixelSums(
  { channels, width, height }: LayerActivations,
  term: (at: number, channel: number) => number,
): Float64Array {
  const pixels = width * height;
  const sums = new Float64Array(pixels);
  for (let channel = 0, at = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++, at++) sums[pixel] += term(at, channel);
  }
  return sums;
}

/** The channels of a layer, added up with one weight each. */
export function weightedSum(layer: LayerActivations, weights: ArrayLike<number>): Float64Array {
  return pixelSums(layer, (at, channel) => weights[channel] * layer.activations[at]);
}
