import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detCurve, detTicks } from '../../../src/measure/verification/det-curve.js';
import { dPrime } from '../../../src/measure/verification/d-prime.js';
import { errorRates } from '../../../src/measure/verification/error-rates.js';
import { rocArea } from '../../../src/measure/verification/roc-area.js';
import { rocCurve } from '../../../src/measure/verification/roc-curve.js';
import { scoreHistogram } from '../../../src/measure/verification/score-histogram.js';
import { goldenSets } from './golden.js';

describe('rocCurve', () => {
  it('starts above all scores, ends at the lowest, and tells the error rates at every threshold', () => {
    for (const { scores } of goldenSets) {
      const { threshold, fmr, fnmr } = rocCurve(scores);
      const all = [...Array.from(scores.genuine), ...Array.from(scores.impostor)];
      assert.equal(threshold.length, new Set(all).size + 1);
      assert.deepEqual([fmr[0], fnmr[0], fmr.at(-1), fnmr.at(-1)], [0, 1, 1, 0]);
      for (let point = 0; point < threshold.length; point += 7) {
        const rates = errorRates(scores, threshold[point]);
        assert.equal(fmr[point], rates.fmr.rate);
        assert.equal(fnmr[point], rates.fnmr.rate);
      }
    }
  });
});

describe('rocArea', () => {
  it('is the share of pairs of scores in the right order, ties counting half', () => {
    for (const { scores } of goldenSets) {
      let wins = 0;
      for (const genuine of Array.from(scores.genuine)) {
        for (const impostor of Array.from(scores.impostor)) {
          wins += genuine > impostor ? 1 : genuine === impostor ? 0.5 : 0;
        }
      }
      const expected = wins / (scores.genuine.length * scores.impostor.length);
      assert.ok(Math.abs(rocArea(scores) - expected) < 1e-12);
    }
  });
});

describe('detCurve', () => {
  it('draws a rate of 0 at half an error and one of 1 at half an error from the end', () => {
    const { fmr, fnmr } = detCurve({ genuine: [0.8, 0.9], impostor: [0.1, 0.2, 0.3, 0.4, 0.5] });
    assert.ok(Math.abs(fmr[0] - -1.2815515655446004) < 1e-9); // 0.1
    assert.ok(Math.abs(fnmr[0] - 0.6744897501960817) < 1e-9); // 0.75
    assert.ok(fmr.every(Number.isFinite) && fnmr.every(Number.isFinite));
  });

  it('is a straight line for two normal classes of one variance, at the distance d apart', () => {
    // Scores at the mid-ranks of N(0, 1) and N(2, 1): deviate(FMR) + deviate(FNMR) = -2.
    const quantiles = detQuantiles(4000);
    const { fmr, fnmr } = detCurve({ genuine: quantiles.map((x) => x + 2), impostor: quantiles });
    for (let point = 0; point < fmr.length; point++) {
      if (Math.abs(fmr[point]) > 2 || Math.abs(fnmr[point]) > 2) continue;
      assert.ok(Math.abs(fmr[point] + fnmr[point] + 2) < 0.02);
    }
  });

  it('has ticks at the usual rates', () => {
    assert.deepEqual(
      detTicks.map(({ rate }) => rate),
      [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4],
    );
    assert.ok(Math.abs(detTicks[3].deviate - -2.3263478740408408) < 1e-9);
  });

  function detQuantiles(count: number): number[] {
    // The curve of a sample at the mid-ranks of N(0, 1) against one at their negatives gives those deviates back.
    const ranks = Array.from({ length: count }, (_, index) => index);
    const { fmr } = detCurve({ genuine: [count], impostor: ranks.map((rank) => rank - 0.5) });
    return Array.from(fmr.subarray(2), (deviate) => deviate);
  }
});

describe('dPrime', () => {
  it('is the distance of the means in standard deviations', () => {
    const value = dPrime({ genuine: [4, 6], impostor: [0, 2] }, { variance: 'population' });
    assert.equal(value, 4);
    assert.ok(Math.abs(dPrime({ genuine: [4, 6], impostor: [0, 2] }) - 4 / Math.SQRT2) < 1e-12);
  });

  it('refuses one score and scores that do not vary', () => {
    assert.throws(() => dPrime({ genuine: [1], impostor: [0, 2] }), /at least two/);
    assert.throws(() => dPrime({ genuine: [1, 1], impostor: [0, 0] }), /not defined/);
  });
});

describe('scoreHistogram', () => {
  it('puts a score on an edge into the bin above, on the last edge into the last', () => {
    const histogram = scoreHistogram(
      { genuine: [0, 0.25, 0.5, 1, Number.NaN], impostor: [0.1, 0.74, 0.75, 2] },
      { bins: 4, range: [0, 1] },
    );
    assert.deepEqual([...histogram.edges], [0, 0.25, 0.5, 0.75, 1]);
    assert.deepEqual([...histogram.genuine], [1, 1, 1, 1]);
    assert.deepEqual([...histogram.impostor], [1, 0, 1, 1]);
  });

  it('covers all scores by default', () => {
    for (const { scores } of goldenSets) {
      const { genuine, impostor, edges } = scoreHistogram(scores);
      const sum = (counts: Int32Array): number => counts.reduce((total, count) => total + count, 0);
      assert.deepEqual([sum(genuine), sum(impostor)], [scores.genuine.length, scores.impostor.length]);
      assert.equal(edges.length, 51);
    }
    assert.equal(scoreHistogram({ genuine: [1], impostor: [1] }, { bins: 2 }).genuine[1], 1);
  });

  it('refuses infinite scores', () => {
    assert.throws(() => scoreHistogram({ genuine: [Infinity], impostor: [0] }), /infinite/);
  });
});
