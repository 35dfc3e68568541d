import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { equalErrorRate } from '../../../src/measure/verification/equal-error-rate.js';
import { errorRates } from '../../../src/measure/verification/error-rates.js';
import { rocArea } from '../../../src/measure/verification/roc-area.js';
import {
  verificationIntervals,
  type VerificationTrial,
} from '../../../src/measure/verification/verification-intervals.js';
import { weightedStatistics } from '../../../src/measure/verification/weighted-statistics.js';
import { RandomState } from '../../../src/tensor/random.js';
import { goldenSets } from './golden.js';

describe('weightedStatistics', () => {
  it('is what the measures give where every trial is repeated as often as its weight says', () => {
    const random = new RandomState(5);
    for (let round = 0; round < 50; round++) {
      const trials = Array.from({ length: 60 }, (_, trial) => ({
        score: random.normal() + (trial < 20 ? 1 : 0),
        genuine: trial < 20,
      })).sort((a, b) => a.score - b.score);
      const weights = Float64Array.from(trials, () => random.integer(0, 4));
      const repeated = trials.flatMap((trial, index) => Array.from({ length: weights[index] }, () => trial));
      const scores = {
        genuine: repeated.filter(({ genuine }) => genuine).map(({ score }) => score),
        impostor: repeated.filter(({ genuine }) => !genuine).map(({ score }) => score),
      };
      const [eer, area, fmr, fnmr] = weightedStatistics(trials, weights, 0.5);
      const rates = errorRates(scores, 0.5);
      assert.ok(Math.abs(area - rocArea(scores)) < 1e-12);
      assert.deepEqual([fmr, fnmr], [rates.fmr.rate, rates.fnmr.rate]);
      const expected = equalErrorRate(scores);
      assert.ok(Math.abs(eer - expected.eer) < 1e-12, `${eer} ${expected.eer}`);
    }
  });

  it('has no value for a class without weight', () => {
    const trials = [
      { score: 0, genuine: false },
      { score: 1, genuine: true },
    ];
    assert.deepEqual(weightedStatistics(trials, Float64Array.of(0, 1), 0.5), [NaN, NaN, NaN, 0]);
    assert.deepEqual(weightedStatistics(trials, Float64Array.of(1, 0), undefined), [NaN, NaN, NaN, NaN]);
    assert.deepEqual(weightedStatistics(trials, Float64Array.of(1, 1), 2), [0, 1, 0, 1]);
  });
});

describe('verificationIntervals', () => {
  const { scores, expected } = goldenSets.find(({ name }) => name === 'continuous')!;
  const trials: VerificationTrial[] = [
    ...Array.from(scores.genuine, (score, index) => ({
      score,
      genuine: true,
      identities: pair(index % 100),
    })),
    ...Array.from(scores.impostor, (score, index) => ({
      score,
      genuine: false,
      identities: [`${index % 100}`, `${(index * 7 + 1) % 100}`] as const,
    })),
  ];

  function pair(person: number): readonly [string, string] {
    return [`${person}`, `${person}`];
  }

  it('holds the value it is for, and stays within the range of a rate', () => {
    const threshold = expected.eer.threshold;
    const intervals = verificationIntervals(trials, { threshold, seed: 3, resamples: 500 });
    const rates = errorRates(scores, threshold);
    for (const [interval, value] of [
      [intervals.eer, expected.eer.eer],
      [intervals.rocArea, expected.roc_auc_exact_sklearn],
      [intervals.fmr, rates.fmr.rate],
      [intervals.fnmr, rates.fnmr.rate],
    ] as const) {
      assert.ok(interval !== undefined && interval.low < value && value < interval.high);
      assert.ok(interval.low >= 0 && interval.high <= 1);
    }
    assert.equal(intervals.identities, 100);
  });

  it('leaves out pairs without a score, and rates without a threshold', () => {
    const failed = [...trials, { score: Number.NaN, genuine: true, identities: ['x', 'x'] as const }];
    const intervals = verificationIntervals(failed, { resamples: 100 });
    assert.deepEqual(intervals, verificationIntervals(trials, { resamples: 100 }));
    assert.equal(intervals.fmr, undefined);
  });

  it('has no interval for an error rate without errors', () => {
    const separable = trials.map((trial) => ({ ...trial, score: trial.genuine ? 1 : 0 }));
    assert.equal(verificationIntervals(separable, { resamples: 100, threshold: 0.5 }).eer, undefined);
  });
});
