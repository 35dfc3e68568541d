import type { Fill } from '../../../perturb/occlusion/fill.js';
import type { StudyMethodOptions } from '../methods/study-method.js';
import type { PatchOptions } from '../patch/patch-options.js';

/** How explanations are put to the test by putting pixels back. */
export interface ReplaceOptions extends PatchOptions, StudyMethodOptions {
  /** Also insert and delete pixels of the pairs as they are, which takes a second explanation of each. */
  readonly insertionDeletion: boolean;
  /** What stands for a pixel that is deleted or not yet inserted. @default 'mean' */
  readonly fill?: Fill | undefined;
}
