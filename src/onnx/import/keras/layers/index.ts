import { activation } from './activation.js';
import { convolution } from './convolution.js';
import type { Converters } from './converter.js';
import { dense } from './dense.js';
import { layout } from './layout.js';
import { merging } from './merging.js';
import { normalization } from './normalization.js';
import { pooling } from './pooling.js';
import { regularization } from './regularization.js';

/** How each layer is written in ONNX, by its Keras name. */
export const converters: Converters = {
  ...activation,
  ...convolution,
  ...dense,
  ...layout,
  ...merging,
  ...normalization,
  ...pooling,
  ...regularization,
};
