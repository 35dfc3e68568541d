/**
 * A source pasted over a target: M source + (1 - M) target with M = ratio mask. Samples from 0 to 1, the samples of a
 * pixel side by side.
 * @param mask one value from 0 to 1 for every pixel
 */
export function blendFaces(
  source: Float32Array,
  target: Float32Array,
  channels: 1 | 3,
  mask: Float32Array,
  ratio: number,
): Float32Array {
  return target.map((sample, at) => {
    const share = ratio * mask[Math.floor(at / channels)];
    return share * source[at] + (1 - share) * sample;
  });
}
