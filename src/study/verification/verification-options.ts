import type { FaceOptions } from '../faces/face-tools.js';
import type { StudyOptions } from '../study.js';
import type { ThresholdRequest } from './threshold/threshold-request.js';

/** The options that all steps of a verification study share: whose faces, which model, and where the study lies. */
export interface VerificationOptions extends FaceOptions, StudyOptions {
  /** The list of pairs. */
  readonly pairs: string;
  /** What its paths are relative to; the folder of the list where left out. */
  readonly images?: string | undefined;
  /** A list with the persons of the same pairs. */
  readonly identities?: string | undefined;
  readonly model: string;
  /** A card file. */
  readonly card?: string | undefined;
  /** The images are what the model sees. */
  readonly aligned?: boolean | undefined;
  /** The folder of the study; each step has a folder in it. */
  readonly output: string;
  /** How the threshold is chosen; as the study has it, else EER, where left out. */
  readonly at?: ThresholdRequest | undefined;
  /** Seed of all that is drawn at random: resamples of the intervals, masks. @default 0 */
  readonly seed?: number | undefined;
  /** Whether figures and reports may show photographs. */
  readonly photos: boolean;
}
