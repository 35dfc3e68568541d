import type { RegionName } from '../../face/regions.js';
import type { ThresholdName } from '../../image/threshold/methods.js';
import type { CentreDistance } from '../../measure/localisation/assign-boxes.js';
import type { Fill } from '../../perturb/occlusion/fill.js';
import type { FaceOptions } from '../faces/face-tools.js';
import type { StudyOptions } from '../study.js';
import type { RegionKind } from './images/face-parts.js';
import type { StudyImagesOptions } from './labels/study-images.js';

/** How the images of a finished run are measured. */
export interface BiasMeasureOptions extends StudyOptions {
  /** The folder of the study. */
  readonly output: string;
  /** As the run or the last measuring had it where left out; so are the others below. */
  readonly groupBy?: readonly string[] | undefined;
  readonly ageWidth?: number | undefined;
  readonly leastImages?: number | undefined;
  readonly over?: 'all' | 'observed' | undefined;
  readonly measureSeed?: number | undefined;
  readonly resamples?: number | undefined;
  readonly permutations?: number | undefined;
}

/** The whole study. */
export interface BiasRunOptions
  extends Omit<BiasMeasureOptions, 'groupBy' | 'ageWidth'>, FaceOptions, StudyImagesOptions {
  readonly model: string;
  readonly card?: string | undefined;
  readonly aligned?: boolean | undefined;
  readonly batchSize: number;
  readonly explain: 'true' | 'predicted';
  /** A method of `explain`. */
  readonly method: string;
  readonly layers?: readonly string[] | undefined;
  readonly regions: RegionKind;
  readonly cutoff: number;
  readonly threshold: ThresholdName;
  readonly overlap: number;
  readonly assign: CentreDistance;
  /** Regions that are hidden one by one. */
  readonly mask: readonly RegionName[];
  /** `gender=male`: hide them in the images of one group only. */
  readonly maskGroup?: { readonly key: string; readonly group: string } | undefined;
  readonly fill: Fill;
  readonly landmarkPrecision: 'pixel' | 'bbox';
  readonly landmarkScaleFactor: number;
  readonly photos: boolean;
  readonly compat?: 'upstream' | undefined;
}
