import type { Rule } from '../rule.js';
import { activation } from './activation.js';
import { arithmetic } from './arithmetic.js';
import { convolution } from './convolution.js';
import { elementaryFunction } from './function.js';
import { layout } from './layout.js';
import { matrix } from './matrix.js';
import { normalization } from './normalization.js';
import { pooling } from './pooling.js';
import { reductions } from './reduction.js';
import { resize } from './resize.js';
import { selection } from './selection.js';
import { softmax } from './softmax.js';
import { constantAlmostEverywhere } from './stop.js';

/** The rule of every operator that can be differentiated. */
export const rules: Readonly<Partial<Record<string, Rule>>> = {
  ...activation,
  ...arithmetic,
  ...constantAlmostEverywhere,
  ...convolution,
  ...elementaryFunction,
  ...layout,
  ...matrix,
  ...normalization,
  ...pooling,
  ...reductions,
  ...resize,
  ...selection,
  ...softmax,
};

/** The operators whose rules look at the gradients of all outputs; the others know that of the first one only. */
export const rulesOfAllOutputs: ReadonlySet<string> = new Set(['Split']);
