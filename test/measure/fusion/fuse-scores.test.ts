import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuseScores } from '../../../src/measure/fusion/fuse-scores.js';
import { RandomState } from '../../../src/tensor/random.js';

const members = [
  { name: 'a', threshold: 0.5, weight: 1 },
  { name: 'b', threshold: 0.2, weight: 3 },
];

describe('fuseScores', () => {
  it('takes the mean, the weighted mean and the largest', () => {
    assert.equal(fuseScores('mean', [0.25, 0.75], members), 0.5);
    assert.equal(fuseScores('weighted', [0.25, 0.75], members), 0.625);
    assert.equal(fuseScores('max', [0.25, 0.75], members), 0.75);
  });

  it('moves every threshold to one half for the fusion any', () => {
    assert.equal(fuseScores('any', [0, 0.2], members), 0.5);
    assert.equal(fuseScores('any', [0, 0.1], members), 0.25);
    assert.equal(fuseScores('any', [0.25, 0], members), 0.25);
    assert.equal(fuseScores('any', [0.1, 0.6], members), 0.75);
    assert.equal(fuseScores('any', [1, 0], members), 1);
  });

  it('is above one half by any exactly where a member decides for an attack', () => {
    const random = new RandomState(5);
    for (let round = 0; round < 2000; round++) {
      const thresholds = [random.random() ** 6 || 0.5, random.random() || 0.5];
      // Ties and the numbers next to them are where rounding could go wrong.
      const scores = thresholds.map((threshold) =>
        [threshold, threshold * (1 + Number.EPSILON), random.random()].at(random.integer(0, 3))!,
      );
      const fused = fuseScores(
        'any',
        scores,
        thresholds.map((threshold, at) => ({ name: String(at), threshold, weight: 1 })),
      );
      assert.equal(
        fused > 0.5,
        scores.some((score, at) => score > thresholds[at]),
        `${scores.join()} at ${thresholds.join()}`,
      );
      assert.ok(fused >= 0 && fused <= 1);
    }
  });

  it('never leaves the range of the scores by rounding', () => {
    const three = ['a', 'b', 'c'].map((name) => ({ name, threshold: 0.5, weight: 0.1 }));
    assert.equal(fuseScores('mean', [0.7, 0.7, 0.7], three), 0.7);
    assert.equal(fuseScores('weighted', [0.1, 0.1, 0.1], three), 0.1);
  });

  it('adds up log odds for the fusion logistic', () => {
    const fit = { offset: 1, slopes: { a: 2, b: -1 }, limit: 1e-6 };
    const odds = 1 + 2 * Math.log(0.8 / 0.2) - Math.log(0.3 / 0.7);
    const expected = 1 / (1 + Math.exp(-odds));
    assert.ok(Math.abs(fuseScores('logistic', [0.8, 0.3], members, fit) - expected) < 1e-15);
    assert.ok(Number.isFinite(fuseScores('logistic', [1, 0], members, fit)));
  });
});
