import type { TrainOptions } from '../train-options.js';

export interface FinetuneOptions extends TrainOptions {
  /** Only what lies behind this tensor is trained; all weights where left out. */
  readonly from?: string | undefined;
}
