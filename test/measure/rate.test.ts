import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { rate } from '../../src/measure/rate.js';

interface GoldenInterval {
  readonly errors: number;
  readonly trials: number;
  readonly alpha: number;
  readonly lower: number;
  readonly upper: number;
}

describe('rate', () => {
  it("has the intervals of bob.measure's rule on SciPy's beta quantiles to 1e-8", () => {
    const file = new URL('../../../test/fixtures/measure/clopper_pearson.json', import.meta.url);
    const golden = JSON.parse(readFileSync(file, 'utf8')) as GoldenInterval[];
    assert.equal(golden.length, 70);
    for (const { errors, trials, alpha, lower, upper } of golden) {
      const { interval } = rate(errors, trials, 1 - alpha);
      assert.ok(Math.abs(interval.low - lower) <= 1e-8, `${errors}/${trials}`);
      assert.ok(Math.abs(interval.high - upper) <= 1e-8, `${errors}/${trials}`);
    }
  });

  it('keeps errors and trials beside the share', () => {
    const { interval, ...shown } = rate(3, 20);
    assert.deepEqual(shown, { rate: 0.15, errors: 3, trials: 20 });
    assert.ok(interval.low < 0.15 && interval.high > 0.15 && interval.level === 0.95);
  });

  it('refuses a share of no trials', () => {
    assert.throws(() => rate(0, 0), RangeError);
  });
});
