import type { Node } from '../../graph.js';
import type { Operator, Operators } from '../operator.js';
import { convolution } from './convolution.js';
import { elementwise } from './elementwise.js';
import { layout } from './layout.js';
import { matrix } from './matrix.js';
import { normalization } from './normalization.js';
import { pooling } from './pooling.js';
import { quantization } from './quantization.js';
import { reduction } from './reduction.js';
import { resizing } from './resizing.js';
import { selection } from './selection.js';
import { source } from './source.js';

/** Every operator of ONNX's own domain whose effect on shapes is known. */
const operators: Operators = {
  ...convolution,
  ...elementwise,
  ...layout,
  ...matrix,
  ...normalization,
  ...pooling,
  ...quantization,
  ...reduction,
  ...resizing,
  ...selection,
  ...source,
};

/** What is known about a node's operator; `undefined` for unknown operators and other domains. */
export function operatorOf({ domain, opType }: Node): Operator | undefined {
  return domain === '' && Object.hasOwn(operators, opType) ? operators[opType] : undefined;
}
