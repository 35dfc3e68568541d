import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextAbove, nextBelow } from '../../../src/measure/verification/next-above.js';
import { trialsToSupport } from '../../../src/measure/verification/rule-of-three.js';
import { thresholdAtFmr } from '../../../src/measure/verification/threshold-at-fmr.js';
import { thresholdAtFnmr } from '../../../src/measure/verification/threshold-at-fnmr.js';
import { trueMatchRateAtFmr } from '../../../src/measure/verification/true-match-rate-at-fmr.js';
import { Problem } from '../../../src/problem.js';

describe('thresholdAtFmr', () => {
  const unsupported = { unsupported: true };

  it('rejects or accepts equal scores together, so it may stay below the target', () => {
    const impostor = [0.1, 0.2, 0.7, 0.7, 0.9];
    assert.deepEqual(thresholdAtFmr(impostor, 0.2, unsupported).threshold, 0.9);
    assert.deepEqual(thresholdAtFmr(impostor, 0.4, unsupported).threshold, 0.9);
    assert.deepEqual(thresholdAtFmr(impostor, 0.6, unsupported).threshold, 0.7);
    assert.equal(thresholdAtFmr(impostor, 0.4, unsupported).fmr.rate, 0.2);
  });

  it('lies just above the highest score for a target below 1 / n, just below the lowest for 1', () => {
    assert.equal(thresholdAtFmr([0.1, 0.9], 0.4, unsupported).threshold, nextAbove(0.9));
    assert.equal(thresholdAtFmr([0.1, 0.9], 0.4, unsupported).fmr.rate, 0);
    assert.equal(thresholdAtFmr([0.1, 0.9], 1, unsupported).threshold, nextBelow(0.1));
  });

  it('refuses a target that the impostors cannot support, with the numbers', () => {
    const impostor = Float64Array.from({ length: 2999 }, (_, index) => index / 3000);
    assert.throws(
      () => thresholdAtFmr(impostor, 0.001),
      (error) =>
        error instanceof Problem &&
        error.message ===
          'FMR 0.001: needs at least 3000 impostor scores (rule of three, 3 / 0.001); there are 2999 ' +
            '(add impostor pairs, or ask for FMR 0.0011 or more)',
    );
    assert.equal(thresholdAtFmr([...impostor, 0.5], 0.001).fmr.errors, 3);
    assert.throws(() => thresholdAtFmr(impostor, 0), /cannot be shown by any number of impostor scores/);
    assert.throws(() => thresholdAtFmr(impostor, 1.5), RangeError);
  });

  it('asks for three trials over the rate', () => {
    const targets = [0.1, 0.01, 0.001, 0.0001, 1e-5, 1e-6];
    assert.deepEqual(targets.map(trialsToSupport), [30, 300, 3000, 30000, 300000, 3000000]);
  });
});

describe('thresholdAtFnmr', () => {
  it('keeps its promise where the lowest score repeats', () => {
    const genuine = [0.2, 0.2, 0.2, 0.5, 0.6];
    const { threshold, fnmr } = thresholdAtFnmr(genuine, 0.4, { unsupported: true });
    assert.deepEqual([threshold, fnmr.errors], [0.2, 0]);
    assert.equal(thresholdAtFnmr(genuine, 0.6, { unsupported: true }).threshold, 0.5);
    assert.equal(thresholdAtFnmr(genuine, 1, { unsupported: true }).threshold, nextAbove(0.6));
  });

  it('refuses a target that the genuine scores cannot support', () => {
    assert.throws(() => thresholdAtFnmr([0.5, 0.6], 0.1), /needs at least 30 genuine scores/);
  });
});

describe('trueMatchRateAtFmr', () => {
  it('is the share of genuine scores at or above the threshold', () => {
    const impostor = Float64Array.from({ length: 40 }, (_, index) => index / 100);
    const { tmr, fmr, threshold } = trueMatchRateAtFmr({ genuine: [0.35, 0.36, 0.9], impostor }, 0.1);
    assert.deepEqual([threshold, fmr.errors, fmr.trials], [0.36, 4, 40]);
    assert.deepEqual([tmr.errors, tmr.trials, tmr.rate], [2, 3, 2 / 3]);
  });
});

describe('nextAbove and nextBelow', () => {
  it('are the neighbours in float64', () => {
    assert.equal(nextAbove(1), 1 + Number.EPSILON);
    assert.equal(nextBelow(1), 1 - Number.EPSILON / 2);
    assert.equal(nextAbove(-1), -1 + Number.EPSILON / 2);
    assert.equal(nextAbove(0), Number.MIN_VALUE);
    assert.equal(nextBelow(0), -Number.MIN_VALUE);
    assert.equal(nextAbove(Number.MAX_VALUE), Infinity);
    assert.equal(nextAbove(Infinity), Infinity);
  });
});
