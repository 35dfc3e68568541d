import type { Linkage } from '../../measure/clustering/linkage.js';
import type { MapDistanceName } from '../../measure/agreement/map-distances.js';
import type { FaceOptions } from '../faces/face-tools.js';
import type { StudyOptions } from '../study.js';
import type { LimeMethod } from './lime-method.js';

/** What every step of a similarity study takes. */
export interface SimilarityOptions extends StudyOptions {
  /** The folder of the study; each step has a folder in it. */
  readonly output: string;
}

/** What is explained, and how. */
export interface ExplainFacesOptions extends SimilarityOptions, FaceOptions {
  /** Folders of photographs. */
  readonly inputPath: readonly string[];
  /** Files, and names of the zoo. */
  readonly model: readonly string[];
  /** Card files; see `studyModels`. */
  readonly card?: readonly string[] | undefined;
  /** The images are what the models see. */
  readonly aligned?: boolean | undefined;
  /** Its seed governs all that is drawn at random. */
  readonly method: LimeMethod;
  readonly batchSize: number;
  /** Images a person, the first ones; all where left out. */
  readonly limit?: number | undefined;
  /** See `PeopleOptions`. */
  readonly identities?: string | undefined;
  /** Whether photographs may be kept and shown. */
  readonly photos: boolean;
}

/** How people and models are grouped; as the study has it where left out. */
export interface AggregateOptions extends SimilarityOptions {
  /** See `PeopleOptions`. */
  readonly identities?: string | undefined;
  readonly groups?: string | undefined;
  readonly groupBy?: readonly string[] | undefined;
  /** See `readFamilies`. */
  readonly family?: readonly string[] | undefined;
  /** Of the bootstrap intervals and the permutation tests. @default 0 */
  readonly seed?: number | undefined;
}

/** How mean maps are compared; as the study has it where left out. */
export interface CompareOptions extends SimilarityOptions {
  /** The first is the one of the figures. @default all */
  readonly measures?: readonly MapDistanceName[] | undefined;
  /** The first is the one of the figures. @default average and Ward */
  readonly linkages?: readonly Linkage[] | undefined;
  /** The share of the canonical face that the overlap of two maps is about. @default 0.1 */
  readonly hottest?: number | undefined;
}

export type SimilarityRunOptions = ExplainFacesOptions & AggregateOptions & CompareOptions;
