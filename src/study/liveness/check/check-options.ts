import type { Fusion } from '../../../measure/fusion/fusion.js';
import type { FaceOptions } from '../../faces/face-tools.js';
import type { StudyOptions } from '../../study.js';
import type { MemberDescription } from '../ensemble/ensemble.js';
import type { Pooling } from './pool-frames.js';

/** The options of `liveness check`. */
export interface CheckOptions extends FaceOptions, StudyOptions {
  /** Photographs, videos, and folders of them. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** The members; the default ensemble where neither these nor `ensemble` is given. */
  readonly member?: readonly MemberDescription[] | undefined;
  /** The file that describes the ensemble. */
  readonly ensemble?: string | undefined;
  /** These three replace what the ensemble's description says. */
  readonly fusion?: Fusion | undefined;
  readonly threshold?: number | undefined;
  readonly fit?: string | undefined;
  /** The images are what the networks see. */
  readonly aligned?: boolean | undefined;
  /** A CSV of known faces: path,x,y,width,height. */
  readonly boxes?: string | undefined;
  /** Of a video every so many frames are looked at. */
  readonly every: number;
  /** Which pooled score decides about a video. */
  readonly pool: Pooling;
  /** Whether the report shows photographs. */
  readonly photos: boolean;
}
