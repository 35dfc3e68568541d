import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorRates } from '../../../src/measure/verification/error-rates.js';
import { falseMatchRate } from '../../../src/measure/verification/false-match-rate.js';
import { falseNonMatchRate } from '../../../src/measure/verification/false-non-match-rate.js';
import { Problem } from '../../../src/problem.js';

describe('errorRates', () => {
  const genuine = [0.9, 0.5, 0.5, 0.2];
  const impostor = [0.5, 0.4, 0.1, 0.6, 0.3];

  it('accepts a score on the threshold: no error for a genuine pair, one for an impostor pair', () => {
    const rates = errorRates({ genuine, impostor }, 0.5);
    assert.deepEqual([rates.fmr.errors, rates.fmr.trials], [2, 5]);
    assert.deepEqual([rates.fnmr.errors, rates.fnmr.trials], [1, 4]);
    assert.equal(rates.hter, (2 / 5 + 1 / 4) / 2);
    const above = errorRates({ genuine, impostor }, 0.5000001);
    assert.deepEqual([above.fmr.errors, above.fnmr.errors], [1, 3]);
  });

  it('counts a pair without a score as a failure to acquire and as rejected', () => {
    const failed = { genuine: [...genuine, Number.NaN], impostor: [Number.NaN, ...impostor, Number.NaN] };
    const { fmr, fnmr, fta, far, frr } = errorRates(failed, 0.5);
    assert.deepEqual([fmr.errors, fmr.trials, fnmr.errors, fnmr.trials], [2, 5, 1, 4]);
    assert.deepEqual([fta.errors, fta.trials], [3, 12]);
    assert.deepEqual([far.errors, far.trials, frr.errors, frr.trials], [2, 7, 2, 5]);
    assert.ok(Math.abs(far.rate - fmr.rate * (1 - 2 / 7)) < 1e-15);
    assert.ok(Math.abs(frr.rate - (1 / 5 + fnmr.rate * (1 - 1 / 5))) < 1e-15);
  });

  it('refuses a class without scores, while the other class alone can be measured', () => {
    assert.throws(
      () => errorRates({ genuine, impostor: [] }, 0.5),
      (error) => error instanceof Problem && error.message.startsWith('impostor scores: there are none'),
    );
    assert.throws(() => falseNonMatchRate([Number.NaN, Number.NaN], 0.5), /none of the 2 pairs gave a score/);
    assert.equal(falseNonMatchRate(genuine, 0.5).rate, 0.25);
    assert.equal(falseMatchRate(impostor, 0.5).rate, 0.4);
  });

  it('refuses a threshold that is no number', () => {
    assert.throws(() => errorRates({ genuine, impostor }, Number.NaN), RangeError);
  });

  it('leaves the lists of the caller in order', () => {
    errorRates({ genuine, impostor }, 0.5);
    assert.deepEqual(genuine, [0.9, 0.5, 0.5, 0.2]);
  });
});
