import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  verificationCurve,
  type VerificationLevels,
} from '../../../src/measure/faithfulness/verification-curve.js';
import { verificationCurveIntervals } from '../../../src/measure/faithfulness/verification-curve-intervals.js';
import type { PairIdentities } from '../../../src/measure/identity-bootstrap.js';
import { RandomState } from '../../../src/tensor/random.js';

describe('verificationCurve', () => {
  const levels: VerificationLevels = {
    shares: [0, 0.25, 1],
    genuine: [true, true, false, false, false],
    scores: [
      [0.1, 0.2, 0.6, 0.5, 0.2],
      [0.1, 0.5, 0.6, 0.4, 0.2],
      [0.5, 0.9, 0.4, 0.4, 0.2],
    ],
    threshold: 0.5,
  };

  it('counts the errors at every share; on the threshold is accepted', () => {
    const { fmr, fnmr, accuracy, pairs } = verificationCurve(levels);
    const errors = (curve: typeof fmr): number[] => curve!.rates.map((rate) => rate.errors);
    assert.deepEqual(
      [errors(fmr), errors(fnmr), errors(accuracy)],
      [
        [2, 1, 0],
        [2, 1, 0],
        [1, 3, 5],
      ],
    );
    assert.deepEqual(
      [fmr!.rates[0].trials, fnmr!.rates[0].trials, accuracy.rates[0].trials, pairs],
      [3, 2, 5, 5],
    );
    assert.ok(Math.abs(fnmr!.area - (0.25 * 0.75 + 0.75 * 0.25)) < 1e-15);
  });

  it('leaves a pair without a score at one share out at all', () => {
    const scores = levels.scores.map((level) => Array.from(level));
    scores[1][0] = Number.NaN;
    const { fnmr, pairs } = verificationCurve({ ...levels, scores });
    assert.equal(pairs, 4);
    assert.deepEqual(
      fnmr!.rates.map(({ errors, trials }) => [errors, trials]),
      [
        [1, 1],
        [0, 1],
        [0, 1],
      ],
    );
  });

  it('has no rate of a class that is missing', () => {
    const one = verificationCurve({
      ...levels,
      genuine: [true, true],
      scores: levels.scores.map((level) => [level[0], level[1]]),
    });
    assert.equal(one.fmr, undefined);
    assert.equal(one.accuracy.area, 1 - one.fnmr!.area);
  });

  it('refuses scores that do not fit', () => {
    assert.throws(() => verificationCurve({ ...levels, shares: [0, 1] }), RangeError);
    assert.throws(() => verificationCurve({ ...levels, genuine: [true] }), RangeError);
  });
});

describe('verificationCurveIntervals', () => {
  const random = new RandomState(6);
  const pairs = 300;
  const genuine = Array.from({ length: pairs }, (_, pair) => pair % 2 === 0);
  const identities = genuine.map((same, pair): PairIdentities => {
    const person = `${pair % 60}`;
    return [person, same ? person : `${(pair + 7) % 60}`];
  });
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const noise = shares.map(() => Float64Array.from({ length: pairs }, () => random.normal()));

  /** Genuine scores rise and impostor scores fall with the share, at a speed. */
  const levels = (speed: number): VerificationLevels => ({
    shares,
    genuine,
    threshold: 0,
    scores: shares.map((share, level) =>
      noise[level].map(
        (value, pair) => value * 0.5 + (genuine[pair] ? 1 : -1) * (Math.min(1, share * speed) - 0.5),
      ),
    ),
  });

  it('holds the areas, and tells a better method from the control', () => {
    const [fast, control] = [levels(2), levels(1)];
    const {
      areas,
      differences,
      identities: persons,
    } = verificationCurveIntervals([fast], identities, {
      control,
      resamples: 400,
    });
    assert.equal(persons, 60);
    const ownCurve = verificationCurve(fast);
    const controlCurve = verificationCurve(control);
    for (const kind of ['fmr', 'fnmr', 'accuracy'] as const) {
      const area = ownCurve[kind]!.area;
      assert.ok(areas[0][kind]!.low < area && area < areas[0][kind]!.high);
      const difference = area - controlCurve[kind]!.area;
      const interval = differences![0][kind]!;
      assert.ok(interval.low < difference && difference < interval.high);
    }
    assert.ok(differences![0].fnmr!.high < 0 && differences![0].fmr!.high < 0);
    assert.ok(differences![0].accuracy!.low > 0);
    const halfTotal = (ownCurve.fmr!.area + ownCurve.fnmr!.area) / 2;
    assert.ok(areas[0].hter!.low < halfTotal && halfTotal < areas[0].hter!.high);
    assert.ok(differences![0].hter!.high < 0);
  });

  it('finds no difference between a curve and itself', () => {
    const { differences } = verificationCurveIntervals([levels(1)], identities, {
      control: levels(1),
      resamples: 50,
    });
    assert.deepEqual(differences, [
      { fmr: undefined, fnmr: undefined, accuracy: undefined, hter: undefined },
    ]);
  });

  it('compares all curves on the pairs that have a score on each of them', () => {
    const gap = levels(2);
    const scores = gap.scores.map((level) => Array.from(level));
    scores[2][5] = Number.NaN;
    const both = verificationCurveIntervals([levels(1), { ...gap, scores }], identities, { resamples: 50 });
    assert.equal(both.pairs, pairs - 1);
    assert.equal(both.areas.length, 2);
    assert.equal(both.differences, undefined);
  });
});
