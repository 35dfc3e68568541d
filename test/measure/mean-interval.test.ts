import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { meanInterval } from '../../src/measure/mean-interval.js';
import { RandomState } from '../../src/tensor/random.js';

/** 25 exponential values; scipy 1.10 `bootstrap(..., np.mean, method='BCa', n_resamples=200000)` beside them. */
const skewed = [
  0.25102, 2.04587, 0.231578, 2.508514, 0.670234, 0.94609, 1.45204, 0.730679, 0.352115, 0.207912, 0.084188,
  1.341093, 0.582159, 0.172343, 2.119739, 0.320324, 0.534837, 0.35109, 0.990982, 0.867114, 0.916114, 0.309,
  0.335034, 0.292478, 0.396848,
];
const scipy = { low: 0.5484733084981611, high: 1.0723645830324173 };

describe('meanInterval', () => {
  it('agrees with the BCa interval of scipy within the noise of 200000 resamples', () => {
    const { mean, n, interval } = meanInterval(skewed, { resamples: 200_000, seed: 1 });
    assert(Math.abs(mean - 0.7603758) < 1e-11);
    assert.equal(n, 25);
    // Two such runs of scipy differ by about 0.002.
    assert(Math.abs(interval!.low - scipy.low) < 0.004);
    assert(Math.abs(interval!.high - scipy.high) < 0.004);
  });

  it('gives the same interval for the same seed, another for another', () => {
    const seeded = (seed: number) => meanInterval(skewed, { seed }).interval;
    assert.deepEqual(seeded(3), seeded(3));
    assert.notDeepEqual(seeded(3), seeded(4));
  });

  it('covers the true mean about as often as it says', () => {
    const random = new RandomState(11);
    const trials = 600;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = Array.from({ length: 40 }, () => random.normal());
      const { low, high } = meanInterval(values, { seed: trial, resamples: 500 }).interval!;
      if (low <= 0 && 0 <= high) covered++;
    }
    // A BCa interval of 40 normal values covers about 94 %; three standard errors of 600 trials are 2.7 %.
    assert(covered / trials > 0.91 && covered / trials < 0.975, `covered ${covered / trials}`);
  });

  it('resamples clusters whole: copies of an observation do not narrow the interval', () => {
    const copies = skewed.flatMap((value) => [value, value, value, value]);
    const clusters = skewed.flatMap((_, subject) => Array.from({ length: 4 }, () => `subject ${subject}`));
    const clustered = meanInterval(copies, { seed: 5, clusters });
    assert.equal(clustered.n, 100);
    assert.equal(clustered.clusters, 25);
    const single = meanInterval(skewed, { seed: 5 }).interval!;
    assert(Math.abs(clustered.interval!.low - single.low) < 1e-9);
    assert(Math.abs(clustered.interval!.high - single.high) < 1e-9);
    const independent = meanInterval(copies, { seed: 5 }).interval!;
    assert(independent.high - independent.low < 0.6 * (single.high - single.low));
  });

  it('leaves out what is missing and gives no interval for fewer than two clusters', () => {
    assert.deepEqual(meanInterval([Number.NaN, 2, Number.NaN]), {
      mean: 2,
      n: 1,
      clusters: 1,
      interval: undefined,
    });
    assert.equal(meanInterval([1, 2, 3], { clusters: ['a', 'a', 'a'] }).interval, undefined);
    assert.equal(meanInterval([]).n, 0);
    assert(Number.isNaN(meanInterval([]).mean));
  });

  it('is a point where all values are equal', () => {
    assert.deepEqual(meanInterval([0.25, 0.25, 0.25]).interval, { low: 0.25, high: 0.25, level: 0.95 });
  });
});
