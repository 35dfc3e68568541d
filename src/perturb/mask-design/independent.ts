import type { MaskDesign } from './mask-design.js';

/** A coin is tossed for each segment: `randint(0, 2)` of NumPy, segment after segment (Ribeiro et al., KDD 2016). */
export const independent: MaskDesign = {
  summary: 'a coin tossed for each segment',
  block: () => 1,
  cluster: 1,
  draw: (random, segments) => Uint8Array.from({ length: segments }, () => random.integer(0, 2)),
};
