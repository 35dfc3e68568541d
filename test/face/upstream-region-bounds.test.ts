import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { regionNames } from '../../src/face/regions.js';
import { upstreamRegionBounds } from '../../src/face/upstream-regions.js';
import type { Point } from '../../src/image/geometry.js';

/** Point i lies at (i, 100 - i), so a box tells which points it is made of. */
const landmarks = Array.from({ length: 68 }, (_, i): Point => [i, 100 - i]);

describe('upstreamRegionBounds', () => {
  it('bounds the points of a region', () => {
    assert.deepEqual(upstreamRegionBounds('left_eye', landmarks), { x: 42, y: 53, width: 5, height: 5 });
    assert.deepEqual(upstreamRegionBounds('nose_tip', landmarks), { x: 31, y: 65, width: 4, height: 4 });
    assert.deepEqual(upstreamRegionBounds('lips', landmarks), { x: 48, y: 33, width: 19, height: 19 });
  });

  it("takes brow and eye of the subject's left for the left cheek, and the brows for the forehead", () => {
    assert.deepEqual(upstreamRegionBounds('left_cheek', landmarks), { x: 22, y: 53, width: 25, height: 25 });
    assert.deepEqual(upstreamRegionBounds('forehead', landmarks), { x: 17, y: 74, width: 9, height: 9 });
  });

  it('knows every region', () => {
    for (const name of regionNames) assert((upstreamRegionBounds(name, landmarks)?.width ?? 0) > 0, name);
  });
});
