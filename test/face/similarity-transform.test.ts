import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { similarityTransform } from '../../src/face/similarity-transform.js';
import type { AffineMatrix, Point } from '../../src/image/geometry.js';

const triangle: Point[] = [
  [1, 2],
  [5, 3],
  [2, 8],
];

function apply([a, b, c, d, e, f]: AffineMatrix, [x, y]: Point): Point {
  return [a * x + b * y + c, d * x + e * y + f];
}

describe('similarityTransform', () => {
  it('finds an exact rotation, scale and shift again', () => {
    const angle = 0.7;
    const [a, b] = [1.3 * Math.cos(angle), 1.3 * Math.sin(angle)];
    const truth: AffineMatrix = [a, -b, 4, b, a, -9];
    const found = similarityTransform(
      triangle,
      triangle.map((point) => apply(truth, point)),
    );
    found.forEach((value, i) => assert.ok(Math.abs(value - truth[i]) < 1e-12, found.join(', ')));
  });

  it('is the minimum of the squared error', () => {
    const to: Point[] = [
      [0, 0],
      [7, 1],
      [-3, 4],
    ];
    const best = similarityTransform(triangle, to);
    const error = ([a, b, c, d, e, f]: AffineMatrix) =>
      triangle.reduce((sum, point, i) => {
        const [x, y] = apply([a, b, c, d, e, f], point);
        return sum + (x - to[i][0]) ** 2 + (y - to[i][1]) ** 2;
      }, 0);
    const [a, , c, d, , f] = best;
    for (const step of [1e-3, -1e-3]) {
      for (const near of [
        [a + step, -d, c, d, a + step, f],
        [a, -d - step, c, d + step, a, f],
        [a, -d, c + step, d, a, f],
        [a, -d, c, d, a, f + step],
      ] satisfies AffineMatrix[]) {
        assert.ok(error(near) > error(best));
      }
    }
  });

  it('never reflects', () => {
    const mirrored = triangle.map(([x, y]): Point => [-x, y]);
    const [a, b, , d, e] = similarityTransform(triangle, mirrored);
    assert.ok(a * e - b * d >= 0);
  });

  it('is the bare shift where all points coincide', () => {
    const from: Point[] = [
      [3, 4],
      [3, 4],
    ];
    const to: Point[] = [
      [5, 9],
      [5, 9],
    ];
    assert.deepEqual(similarityTransform(from, to), [1, -0, 2, 0, 1, 5]);
  });
});
