import type { HeadName } from '../../../train/heads/heads.js';
import type { TrainOptions } from '../train-options.js';

export interface HeadOptions extends TrainOptions {
  /** Where the head begins; the last tensor with height and width where left out. */
  readonly tensor?: string | undefined;
  readonly recipe: HeadName;
  /** Size of the images that the backbone sees, where not its own. */
  readonly inputSize?: { readonly width: number; readonly height: number } | undefined;
  /** How many times as large as the face's box the view is, where not as the card says. */
  readonly cropScale?: number | undefined;
  readonly task: 'pad' | 'mad' | 'attribute';
  readonly bonaFide?: string | undefined;
  /** How many times each training image is shown: once as it is, else augmented. */
  readonly copies: number;
}
