import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convexHull } from '../../src/face/convex-hull.js';
import type { Point } from '../../src/image/geometry.js';

describe('convexHull', () => {
  it('gives the corners clockwise on the screen, without inner, collinear or repeated points', () => {
    const points: Point[] = [
      [4, 4],
      [0, 0],
      [2, 0],
      [4, 0],
      [2, 2],
      [0, 4],
      [0, 0],
      [4, 2],
    ];
    assert.deepEqual(convexHull(points), [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]);
  });

  it('gives a line its two ends and a point itself', () => {
    assert.deepEqual(
      convexHull([
        [1, 1],
        [3, 3],
        [2, 2],
      ]),
      [
        [1, 1],
        [3, 3],
      ],
    );
    assert.deepEqual(
      convexHull([
        [1, 1],
        [1, 1],
      ]),
      [[1, 1]],
    );
  });
});
