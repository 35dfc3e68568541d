import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { regionPolygons } from '../../../src/face/regions.js';
import type { Point } from '../../../src/image/geometry.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { regionEvidence } from '../../../src/study/pair/region-evidence.js';
import { frontalLandmarks } from '../../face/landmarks68.js';

const cv = await loadOpenCv();
const natural = frontalLandmarks();
const bounds = [0, 1].map((axis) => natural.map((point) => point[axis]));
const [left, top] = bounds.map((values) => Math.min(...values));
const landmarks = natural.map(([x, y]): Point => [x - left + 40, y - top + 80]);
const [width, height] = bounds.map(
  (values, axis) => Math.ceil(Math.max(...values) - [left, top][axis]) + 120,
);

/** Maps with these values in one pixel, and nothing elsewhere. */
function onePixel([x, y]: readonly [number, number], positive: number, negative: number) {
  const at = (value: number) => {
    const map = new Float32Array(width * height);
    map[y * width + x] = value;
    return map;
  };
  return { width, height, positive: at(positive), negative: at(negative), combined: at(positive - negative) };
}

describe('regionEvidence', () => {
  it('is the area where evidence is spread evenly, and null where there is none', () => {
    const even = new Float32Array(width * height).fill(0.5);
    const none = new Float32Array(width * height);
    const maps = { width, height, positive: even, negative: none, combined: even };
    const regions = regionEvidence(
      cv,
      maps,
      landmarks.map(([x, y]) => [x, y]),
    );
    assert.equal(regions.length, 11);
    for (const { region, area, positive, negative } of regions) {
      assert.ok(area > 0, region);
      assert.ok(Math.abs(positive! - area) < 1e-9);
      assert.equal(negative, null);
    }
  });

  it('is all of it in the region that holds the only pixel', () => {
    const [nose] = regionPolygons('nose', landmarks);
    const centre = [0, 1].map((axis) =>
      Math.round(nose.reduce((sum, point) => sum + point[axis], 0) / nose.length),
    ) as [number, number];
    const shares = new Map(
      regionEvidence(cv, onePixel(centre, 2, 3), landmarks).map((each) => [each.region, each] as const),
    );
    assert.deepEqual([shares.get('nose')!.positive, shares.get('nose')!.negative], [1, 1]);
    assert.deepEqual([shares.get('chin')!.positive, shares.get('left_eye')!.negative], [0, 0]);
  });
});
