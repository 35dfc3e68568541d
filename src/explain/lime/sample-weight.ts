/**
 * How much a sample with `shown` of `segments` segments counts: sqrt(exp(-d^2 / width^2)) with d = 1 - sqrt(k / n), the
 * cosine distance of its mask to that of the whole image (1 where nothing is shown). As in Python's lime.
 */
export function sampleWeight(shown: number, segments: number, kernelWidth: number): number {
  const distance = 1 - Math.sqrt(shown / segments);
  return Math.sqrt(Math.exp(-(distance * distance) / (kernelWidth * kernelWidth)));
}
