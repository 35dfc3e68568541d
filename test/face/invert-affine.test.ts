import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { invertAffine } from '../../src/face/invert-affine.js';
import type { AffineMatrix } from '../../src/image/geometry.js';

describe('invertAffine', () => {
  it('undoes a matrix', () => {
    const matrix: AffineMatrix = [2, 1, 5, -1, 3, -7];
    const [a, b, c, d, e, f] = invertAffine(matrix);
    const [x, y] = [2 * 11 + 1 * 13 + 5, -1 * 11 + 3 * 13 - 7];
    assert.ok(Math.abs(a * x + b * y + c - 11) < 1e-12);
    assert.ok(Math.abs(d * x + e * y + f - 13) < 1e-12);
  });

  it('refuses one that squashes the plane', () => {
    assert.throws(() => invertAffine([1, 2, 0, 2, 4, 0]), RangeError);
  });
});
