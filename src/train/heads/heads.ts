import type { Head } from './head.js';
import { depthMap } from './depth-map.js';
import { hiddenLayer } from './hidden-layer.js';
import { linear } from './linear.js';

/** The heads by the names of `train head --recipe`. */
export const heads = {
  linear,
  /** SMNet, a detector of silicone masks on ResNet-50. */
  'silicone-mask': hiddenLayer(128),
  /** The head behind a network of depth maps that the liveness system uses; the pooled map of one channel is one number. */
  'face-depth': hiddenLayer(1024),
  'depth-map': depthMap,
} as const satisfies Readonly<Record<string, Head>>;

export type HeadName = keyof typeof heads;
export const headNames = Object.keys(heads) as HeadName[];
