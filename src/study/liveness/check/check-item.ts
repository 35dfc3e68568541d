import type { Face } from '../../../face/face.js';
import type { MediaItem } from '../media/media-items.js';
import type { FaceBox } from './check-result.js';

/** A photograph or video to be checked. */
export interface CheckItem extends MediaItem {
  /** The face is known to be here. */
  readonly box?: FaceBox | undefined;
}

/** Where the face of an image is. */
export interface LocatedFace {
  /** Undefined where the image is what the networks see. */
  readonly face: Face | undefined;
  /** How many faces there are; null where nobody looked. */
  readonly count: number | null;
}
