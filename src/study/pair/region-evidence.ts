import { faceRegions, regionPolygons } from '../../face/regions.js';
import type { PairMaps } from '../../explain/pair-explanation.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import { footprintRuns } from '../../perturb/occlusion/footprint-runs.js';

/** How much of the evidence of one image lies in a region. */
export interface RegionEvidence {
  readonly region: string;
  /** The region's share of all pixels, which is its share of evidence that is spread evenly. */
  readonly area: number;
  /** The region's share of the sum of the positive map, 0..1; null where that map is zero. */
  readonly positive: number | null;
  /** The same of the negative map. */
  readonly negative: number | null;
}

/**
 * The share of positive and negative evidence per region. Regions overlap and do not cover the whole image, so shares do
 * not add up to 1.
 * @param landmarks the 68 points in pixels of the maps.
 */
export function regionEvidence(
  cv: OpenCv,
  maps: Pick<PairMaps, 'width' | 'height' | 'positive' | 'negative'>,
  landmarks: readonly Point[],
): RegionEvidence[] {
  const { width, height, positive, negative } = maps;
  const polygonsOf = (region: (typeof faceRegions)[number]) =>
    regionPolygons(region, landmarks).map((polygon) =>
      polygon.map(([x, y]): Point => [Math.round(x), Math.round(y)]),
    );
  return faceRegions.map((region) => {
    const runs = footprintRuns(cv, { shape: 'polygons', polygons: polygonsOf(region) }, width, height);
    let [pixels, forMatch, against] = [0, 0, 0];
    for (let i = 0; i < runs.length; i += 3) {
      for (let at = runs[i] * width + runs[i + 1]; at < runs[i] * width + runs[i + 2]; at++) {
        pixels++;
        forMatch += positive[at];
        against += negative[at];
      }
    }
    return {
      region,
      area: pixels / (width * height),
      positive: share(forMatch, positive),
      negative: share(against, negative),
    };
  });
}

function share(part: number, map: Float32Array): number | null {
  const whole = map.reduce((sum, value) => sum + value, 0);
  return whole === 0 ? null : part / whole;
}
