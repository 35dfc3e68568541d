import type { SplitShares } from '../../../dataset/people/split-people.js';
import type { FaceOptions } from '../../faces/face-tools.js';
import type { StudyOptions } from '../../study.js';

/** The options of `liveness frames`. */
export interface FramesOptions extends FaceOptions, StudyOptions {
  /** Videos, and folders of them. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** Frames of each video. */
  readonly count: number;
  readonly seed: number;
  /** Side of the face crops, in pixels. */
  readonly size: number;
  readonly split: SplitShares;
  /** A CSV with the columns path, subject and class. */
  readonly labels?: string | undefined;
}
