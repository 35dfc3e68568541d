import type { Converter, Converters } from './converter.js';

const nothing: Converter = (_layer, [x]) => x;

/** Layers that act during training only. */
export const regularization: Converters = {
  Dropout: nothing,
  SpatialDropout2D: nothing,
  GaussianDropout: nothing,
  GaussianNoise: nothing,
  ActivityRegularization: nothing,
};
