import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clopperPearson } from '../../src/measure/clopper-pearson.js';

function near(actual: number, expected: number, tolerance: number): void {
  assert(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

describe('clopperPearson', () => {
  it('has the closed forms at no and at all successes (methods-and-measures.md 7)', () => {
    for (const n of [1, 2, 10, 204, 10000]) {
      const none = clopperPearson(0, n);
      assert.equal(none.low, 0);
      near(none.high, 1 - 0.025 ** (1 / n), 1e-9);
      const all = clopperPearson(n, n);
      assert.equal(all.high, 1);
      near(all.low, 0.025 ** (1 / n), 1e-9);
    }
  });

  it('agrees with scipy.stats.binomtest(k, n).proportion_ci("exact")', () => {
    near(clopperPearson(3, 20).low, 0.03207093718554477, 1e-9);
    near(clopperPearson(3, 20).high, 0.37892682654529564, 1e-9);
    near(clopperPearson(57, 204, 0.9).low, 0.22794800151841044, 1e-9);
    near(clopperPearson(57, 204, 0.9).high, 0.3357430941077819, 1e-9);
  });

  it('refuses a rate that cannot be', () => {
    assert.throws(() => clopperPearson(0, 0), RangeError);
    assert.throws(() => clopperPearson(3, 2), RangeError);
    assert.throws(() => clopperPearson(-1, 2), RangeError);
  });
});
