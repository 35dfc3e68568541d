import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normalDeviate } from '../../../src/measure/normal-deviate.js';
import { dPrime } from '../../../src/measure/verification/d-prime.js';
import { equalErrorRate } from '../../../src/measure/verification/equal-error-rate.js';
import { errorRates } from '../../../src/measure/verification/error-rates.js';
import { minimumWeightedError } from '../../../src/measure/verification/minimum-weighted-error.js';
import { rocArea } from '../../../src/measure/verification/roc-area.js';
import { thresholdAtFmr } from '../../../src/measure/verification/threshold-at-fmr.js';
import { thresholdAtFnmr } from '../../../src/measure/verification/threshold-at-fnmr.js';
import { upstreamEqualErrorRate } from '../../../src/measure/verification/upstream-equal-error-rate.js';
import { goldenDeviates, goldenSets } from './golden.js';

const tolerance = 1e-9;

function near(actual: number, expected: number, message?: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${message ?? ''} ${actual} is not ${expected}`);
}

for (const { name, expected, scores } of goldenSets) {
  describe(`bob.measure and scikit-learn on the set ${name}`, () => {
    it('FMR and FNMR at given thresholds', () => {
      assert.ok(expected.rates.length >= 10);
      for (const { threshold, fmr, fnmr } of expected.rates) {
        const rates = errorRates(scores, threshold);
        near(rates.fmr.rate, fmr);
        near(rates.fnmr.rate, fnmr);
      }
    });

    it('equal error rate', () => {
      const { eer, threshold, fmr, fnmr } = equalErrorRate(scores);
      near(threshold, expected.eer.threshold);
      near(eer, expected.eer.eer);
      near(fmr.rate, expected.eer.fmr);
      near(fnmr.rate, expected.eer.fnmr);
    });

    it('minimum HTER and weighted error', () => {
      const halfTotal = minimumWeightedError(scores);
      near(halfTotal.threshold, expected.min_hter.threshold);
      near(halfTotal.error, expected.min_hter.hter);
      for (const { cost_of_fmr: cost, threshold, fmr, fnmr } of expected.min_weighted) {
        const weighted = minimumWeightedError(scores, cost);
        near(weighted.threshold, threshold);
        near(weighted.fmr.rate, fmr);
        near(weighted.fnmr.rate, fnmr);
      }
    });

    it('threshold at an FMR of at most', () => {
      for (const { requested, threshold, fmr, fnmr } of expected.far_threshold) {
        const reached = thresholdAtFmr(scores.impostor, requested, { unsupported: true });
        assert.equal(reached.threshold, threshold);
        near(reached.fmr.rate, fmr);
        near(errorRates(scores, reached.threshold).fnmr.rate, fnmr);
      }
    });

    it('threshold at an FNMR as bob computes it', () => {
      for (const { requested, threshold, fnmr } of expected.frr_threshold) {
        const reached = thresholdAtFnmr(scores.genuine, requested, { unsupported: true, compat: 'bob' });
        assert.equal(reached.threshold, threshold);
        near(reached.fnmr.rate, fnmr);
      }
    });

    it('threshold at an FNMR of at most: no genuine score above it would do', () => {
      for (const { requested } of expected.frr_threshold) {
        const { threshold, fnmr } = thresholdAtFnmr(scores.genuine, requested, { unsupported: true });
        assert.ok(fnmr.rate <= requested);
        for (const higher of Array.from(scores.genuine).filter((score) => score > threshold)) {
          assert.ok(errorRates(scores, higher).fnmr.rate > requested);
        }
      }
    });

    it('area under the ROC curve', () => {
      near(rocArea(scores), expected.roc_auc_exact_sklearn);
      assert.ok(Math.abs(rocArea(scores) - expected.roc_auc) < 1e-3);
    });

    it("d'", () => {
      near(dPrime(scores), expected.d_prime_sample_std);
      near(dPrime(scores, { variance: 'population' }), expected.d_prime_population_std);
    });

    it("xSSAB's equal error rate", () => {
      const { eer, threshold } = upstreamEqualErrorRate(scores);
      near(eer, expected.xssab_eer.eer);
      near(threshold, expected.xssab_eer.threshold);
    });
  });
}

describe('normalDeviate', () => {
  it("is the NIST routine's within 1e-4, which is an approximation", () => {
    assert.ok(goldenDeviates.length > 10);
    for (const { p, value } of goldenDeviates) {
      assert.ok(Math.abs(normalDeviate(p) - value) < 1e-4, `${p}`);
    }
  });

  it('has the tabled values to 1e-6 and its ends', () => {
    for (const [p, deviate] of [
      [0.001, -3.090232],
      [0.01, -2.326348],
      [0.1, -1.281552],
      [0.5, 0],
      [0.999, 3.090232],
    ]) {
      assert.ok(Math.abs(normalDeviate(p) - deviate) < 1e-6);
    }
    assert.equal(normalDeviate(0), -Infinity);
    assert.equal(normalDeviate(1), Infinity);
    assert.throws(() => normalDeviate(1.01), RangeError);
  });
});
