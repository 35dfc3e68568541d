import type { FetchOptions } from '../../model/zoo/catalogue-entry.js';

export interface DetectorOptions extends FetchOptions {
  /**
   * The shorter side in pixels of the smallest face that is wanted. Default: the detector's own (MTCNN 20, Haar the
   * cascade's 24, UltraFace none).
   */
  readonly minFaceSize?: number | undefined;
  /** Run in the current thread, which must be a worker thread. */
  readonly inline?: boolean | undefined;
  /** The XML file of an OpenCV cascade (Haar only). */
  readonly cascade?: string | undefined;
}
