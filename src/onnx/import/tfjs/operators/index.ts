import { convolution } from './convolution.js';
import type { Converters } from './converter.js';
import { elementwise } from './elementwise.js';
import { layout } from './layout.js';
import { matrix } from './matrix.js';
import { normalization } from './normalization.js';
import { pooling } from './pooling.js';
import { reduction } from './reduction.js';
import { resizing } from './resizing.js';
import { selection } from './selection.js';

/** How each operator of a TensorFlow.js graph model is written in ONNX, by its TensorFlow name. */
export const converters: Converters = {
  ...convolution,
  ...elementwise,
  ...layout,
  ...matrix,
  ...normalization,
  ...pooling,
  ...reduction,
  ...resizing,
  ...selection,
};
