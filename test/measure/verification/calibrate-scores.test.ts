import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calibrateScores, matchProbability } from '../../../src/measure/verification/calibrate-scores.js';
import { RandomState } from '../../../src/tensor/random.js';
import { goldenSets } from './golden.js';

describe('calibrateScores', () => {
  it('finds the log odds of two normal classes: 2 s for means 1 and -1 and variance 1', () => {
    const random = new RandomState(8);
    const genuine = Float64Array.from({ length: 4000 }, () => random.normal() + 1);
    const impostor = Float64Array.from({ length: 20000 }, () => random.normal() - 1);
    const calibration = calibrateScores({ genuine, impostor });
    assert.ok(Math.abs(calibration.slope - 2) < 0.1, `${calibration.slope}`);
    assert.ok(Math.abs(calibration.offset) < 0.1, `${calibration.offset}`);
    assert.ok(Math.abs(matchProbability(calibration, 0.7) - 1 / (1 + Math.exp(-1.4))) < 0.02);
  });

  it('is where the derivative of the likelihood is 0, on every golden set', () => {
    for (const { scores, name } of goldenSets) {
      const calibration = calibrateScores(scores);
      let [bySlope, byOffset] = [0, 0];
      for (const [own, target] of [
        [scores.genuine, (scores.genuine.length + 1) / (scores.genuine.length + 2)],
        [scores.impostor, 1 / (scores.impostor.length + 2)],
      ] as const) {
        for (const score of Array.from(own)) {
          const error = (matchProbability(calibration, score) - target) / own.length;
          bySlope += error * score;
          byOffset += error;
        }
      }
      assert.ok(Math.abs(bySlope) < 1e-9 && Math.abs(byOffset) < 1e-9, name);
      assert.ok(calibration.slope > 0);
    }
  });

  it('follows the unit of the scores', () => {
    const { scores } = goldenSets[1];
    const one = calibrateScores(scores);
    const scaled = calibrateScores({
      genuine: Array.from(scores.genuine, (score) => 1000 * score + 500),
      impostor: Array.from(scores.impostor, (score) => 1000 * score + 500),
    });
    assert.ok(Math.abs(matchProbability(scaled, 800) - matchProbability(one, 0.3)) < 1e-9);
  });

  it('stays finite and unsure where the classes do not overlap but are few', () => {
    const { slope, offset } = calibrateScores({ genuine: [0.8, 0.9], impostor: [0.1, 0.2] });
    assert.ok(Number.isFinite(slope) && Number.isFinite(offset));
    const certain = matchProbability({ slope, offset, genuine: 2, impostor: 2 }, 0.85);
    assert.ok(certain > 0.6 && certain < 0.9, `${certain}`);
  });

  it('takes a prior', () => {
    const calibration = { slope: 1, offset: 0, genuine: 1, impostor: 1 };
    assert.equal(matchProbability(calibration, 0), 0.5);
    assert.ok(Math.abs(matchProbability(calibration, 0, 0.01) - 0.01) < 1e-12);
    assert.throws(() => matchProbability(calibration, 0, 1), RangeError);
  });

  it('leaves out pairs without a score', () => {
    const with1 = calibrateScores({ genuine: [0.5, Number.NaN, 0.9], impostor: [0.1, 0.6] });
    assert.deepEqual(with1, calibrateScores({ genuine: [0.5, 0.9], impostor: [0.1, 0.6] }));
    assert.equal(with1.genuine, 2);
  });
});
