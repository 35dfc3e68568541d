import { mapsOfSigned } from '../../explain/pair-explanation.js';
import type { SaliencyMap } from '../../explain/saliency-map.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import { regionEvidence, type RegionEvidence } from '../pair/region-evidence.js';

/** How much of a map lies in a region of the face. */
export interface MapEvidence extends RegionEvidence {
  /** The region's share of the sum of absolute values, 0..1; null where the map is zero. */
  readonly absolute: number | null;
}

/**
 * The share of a map per region: of its values above 0, of those below, and of both. Regions overlap and do not cover the
 * whole image, so shares do not add up to 1.
 * @param landmarks the 68 points in pixels of the map.
 */
export function mapEvidence(
  cv: OpenCv,
  { data, width, height }: Pick<SaliencyMap, 'data' | 'width' | 'height'>,
  landmarks: readonly Point[],
): MapEvidence[] {
  const maps = mapsOfSigned(Float32Array.from(data), width, height);
  const [above, below] = [maps.positive, maps.negative].map((half) =>
    half.reduce((sum, value) => sum + value, 0),
  );
  return regionEvidence(cv, maps, landmarks).map((region) => {
    const inside = (region.positive ?? 0) * above + (region.negative ?? 0) * below;
    return { ...region, absolute: above + below === 0 ? null : inside / (above + below) };
  });
}
