import type { OpenCv } from '../../image/opencv.js';
import { fillRuns, footprintRuns } from './footprint-runs.js';
import type { Footprint } from './occlusion.js';

/** 1 for every pixel of the footprint, 0 elsewhere; `width * height` values in rows from the top. */
export function footprintMask(cv: OpenCv, footprint: Footprint, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  fillRuns(mask, width, footprintRuns(cv, footprint, width, height), 1);
  return mask;
}
