import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pairedDifference } from '../../src/measure/paired-difference.js';

function near(actual: number, expected: number, tolerance: number): void {
  assert(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

/** Trials by cell: both, gained, lost, neither. */
function trials(both: number, gained: number, lost: number, neither: number) {
  const list = (before: boolean, after: boolean, count: number) =>
    Array.from({ length: count }, () => ({ before, after }));
  const all = [
    ...list(true, true, both),
    ...list(false, true, gained),
    ...list(true, false, lost),
    ...list(false, false, neither),
  ];
  return [all.map(({ before }) => before), all.map(({ after }) => after)] as const;
}

describe('pairedDifference', () => {
  it('counts what changed', () => {
    const found = pairedDifference(...trials(50, 4, 10, 36))!;
    assert.deepEqual(
      { ...found, interval: null, p: null },
      { trials: 100, before: 60, after: 54, gained: 4, lost: 10, difference: -0.06, interval: null, p: null },
    );
  });

  it('has the p of the exact binomial test', () => {
    // scipy.stats.binomtest(4, 14).pvalue and binomtest(0, 6).pvalue
    near(pairedDifference(...trials(50, 4, 10, 36))!.p, 0.1795654296875, 1e-12);
    near(pairedDifference(...trials(5, 6, 0, 9))!.p, 0.03125, 1e-12);
    assert.equal(pairedDifference(...trials(5, 3, 3, 9))!.p, 1);
    assert.equal(pairedDifference(...trials(5, 0, 0, 9))!.p, 1);
  });

  it('finds a p where so many changed that half to their number vanishes', () => {
    const p = pairedDifference(...trials(0, 1000, 1100, 0))!.p;
    // The normal approximation with continuity correction: z = 99 / sqrt(2100).
    near(p, 0.0307, 0.0005);
  });

  it('has the interval of Agresti and Min by hand', () => {
    const { interval } = pairedDifference(...trials(50, 4, 10, 36))!;
    // n + 2 = 102, cells 4.5 and 10.5: -6 / 102 +- 1.959964 * sqrt(15 - 36 / 102) / 102
    const half = (1.959963984540054 * Math.sqrt(15 - 36 / 102)) / 102;
    near(interval.low, -6 / 102 - half, 1e-9);
    near(interval.high, -6 / 102 + half, 1e-9);
  });

  it('has an interval where nothing changed, and none without trials', () => {
    const { interval, difference } = pairedDifference(...trials(20, 0, 0, 0))!;
    assert.equal(difference, 0);
    assert(interval.low < 0 && interval.high > 0);
    assert.equal(pairedDifference([], []), undefined);
    assert.throws(() => pairedDifference([true], []), RangeError);
  });
});
