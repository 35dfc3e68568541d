import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { suppressNonMaxima } from '../../src/face/non-maximum-suppression.js';

const square = (left: number, side: number, score: number) => ({
  left,
  top: 0,
  right: left + side,
  bottom: side,
  score,
});

describe('suppressNonMaxima', () => {
  it('keeps the surest of those that overlap, in falling order of the score', () => {
    const far = square(100, 10, 0.7);
    const best = square(1, 10, 0.9);
    assert.deepEqual(suppressNonMaxima([square(0, 10, 0.8), far, best], 0.5), [best, far]);
  });

  it('drops only what overlaps by more than the threshold', () => {
    // 10 x 10 shifted by 5: overlap 50, union 150.
    const pair = [square(0, 10, 0.9), square(5, 10, 0.8)];
    assert.equal(suppressNonMaxima(pair, 50 / 150).length, 2);
    assert.equal(suppressNonMaxima(pair, 50 / 150 - 1e-9).length, 1);
  });

  it('counts the last pixel in where asked to', () => {
    // 11 x 11 shifted by 5: overlap 66, union 176.
    const pair = [square(0, 10, 0.9), square(5, 10, 0.8)];
    assert.equal(suppressNonMaxima(pair, 66 / 176, { inclusive: true }).length, 2);
    assert.equal(suppressNonMaxima(pair, 66 / 176 - 1e-9, { inclusive: true }).length, 1);
  });

  it('measures a box inside another by the smaller area where asked to', () => {
    const pair = [square(0, 100, 0.9), square(0, 10, 0.8)];
    assert.equal(suppressNonMaxima(pair, 0.7).length, 2);
    assert.equal(suppressNonMaxima(pair, 0.7, { measure: 'smaller' }).length, 1);
  });

  it('does not let a dropped box drop another', () => {
    const chain = [square(0, 10, 0.9), square(4, 10, 0.8), square(8, 10, 0.7)];
    assert.deepEqual(
      suppressNonMaxima(chain, 0.3).map(({ left }) => left),
      [0, 8],
    );
  });
});
