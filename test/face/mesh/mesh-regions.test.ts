import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { meshRegionPoints, meshRegionPolygons, meshRegions } from '../../../src/face/mesh/mesh-regions.js';
import { regionBoxes } from '../../../src/face/region-boxes.js';
import { faceRegions } from '../../../src/face/regions.js';
import type { Point } from '../../../src/image/geometry.js';
import { frontalLandmarks } from '../landmarks68.js';

/** Point i lies at [i, i / 2 + 0.25]: a region's points tell its indices. */
const numbered: Point[] = Array.from({ length: 468 }, (_, i): Point => [i, i / 2 + 0.25]);

describe('regions of the mesh', () => {
  it('have as many points as the lists of BiasX', () => {
    const counts = meshRegions.map((name) => [name, meshRegionPoints(name, numbered).length]);
    assert.deepEqual(Object.fromEntries(counts), {
      left_eye: 16,
      right_eye: 16,
      nose: 24,
      mouth: 40,
      left_cheek: 21,
      right_cheek: 22,
      left_eyebrow: 10,
      right_eyebrow: 10,
      chin: 29,
      forehead: 19,
    });
  });

  it('are regions of the face, and every point belongs to one at most', () => {
    assert.ok(meshRegions.every((name) => faceRegions.includes(name)));
    const all = meshRegions.flatMap((name) => meshRegionPoints(name, numbered).map(([index]) => index));
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.every((index) => Number.isInteger(index) && index >= 0 && index < 468));
  });

  it('are outlined by a convex hull of their points', () => {
    const square = numbered.map((_, i): Point => [i % 2 === 0 ? 0 : 10, i % 3 === 0 ? 0 : 5]);
    const { nose } = meshRegionPolygons(square);
    assert.deepEqual(
      nose.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]),
      [
        [0, 0],
        [0, 5],
        [10, 0],
        [10, 5],
      ],
    );
  });

  it('need 468 points', () => {
    assert.throws(() => meshRegionPoints('nose', numbered.slice(1)), RangeError);
  });
});

describe('regionBoxes', () => {
  it('holds every point as a pixel', () => {
    const [{ name, box }] = regionBoxes(numbered);
    assert.equal(name, 'left_eye');
    // Points 249 to 466.
    assert.deepEqual(box, { x: 249, y: 124.75, width: 218, height: 109.5 });
  });

  it('rounds half to even and leaves the last pixel out as upstream does', () => {
    const halves = numbered.map(([x]): Point => [x, x / 2]);
    const [{ box }] = regionBoxes(halves, { compat: 'upstream' });
    // 249 / 2 = 124.5 becomes 124.
    assert.deepEqual(box, { x: 249, y: 124, width: 217, height: 109 });
  });

  it('gives the boxes of the polygons of 68 points too', () => {
    const boxes = regionBoxes(frontalLandmarks());
    assert.deepEqual(
      boxes.map(({ name }) => name),
      faceRegions,
    );
    const mouth = boxes.find(({ name }) => name === 'mouth')!.box;
    const xs = frontalLandmarks()
      .slice(48)
      .map(([x]) => x);
    assert.equal(mouth.x, Math.min(...xs));
    assert.ok(Math.abs(mouth.width - (Math.max(...xs) - Math.min(...xs) + 1)) < 1e-9);
  });

  it('refuses other numbers of points', () => {
    assert.throws(() => regionBoxes(numbered.slice(0, 100)), RangeError);
  });
});
