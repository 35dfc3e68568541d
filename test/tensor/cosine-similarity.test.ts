import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cosineSimilarity } from '../../src/tensor/cosine-similarity.js';

describe('cosineSimilarity', () => {
  it('is the cosine of the angle, whatever the lengths', () => {
    for (const angle of [0, 0.3, Math.PI / 2, 2, Math.PI]) {
      const turned = [7 * Math.cos(angle), 7 * Math.sin(angle)];
      assert.ok(Math.abs(cosineSimilarity([0.01, 0], turned) - Math.cos(angle)) < 1e-15);
    }
  });

  it('refuses vectors without a direction and of different sizes', () => {
    assert.throws(() => cosineSimilarity([0, 0], [1, 0]), RangeError);
    assert.throws(() => cosineSimilarity([NaN, 0], [1, 0]), RangeError);
    assert.throws(() => cosineSimilarity([1], [1, 0]), RangeError);
  });
});
