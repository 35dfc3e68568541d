import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitLogisticFusion, type LabelledScores } from '../../../src/measure/fusion/fit-logistic-fusion.js';
import { fusedProbability, limitedLogOdds } from '../../../src/measure/fusion/logistic-fusion.js';
import { RandomState } from '../../../src/tensor/random.js';

/** Two members of which the second is the better; 40 attacks and 25 bona fides that overlap. */
function presentations(seed: number, attacks = 40, bonaFides = 25): LabelledScores[] {
  const random = new RandomState(seed);
  const probability = (odds: number) => 1 / (1 + Math.exp(-odds));
  return Array.from({ length: attacks + bonaFides }, (_, i) => {
    const attack = i < attacks;
    const centre = attack ? 1 : -1;
    return {
      attack,
      scores: {
        a: probability(0.5 * centre + 2 * random.normal()),
        b: probability(2 * centre + 2 * random.normal()),
      },
    };
  });
}

/** The objective as it is stated, written a second time and without any cleverness. */
function objective(data: readonly LabelledScores[], theta: readonly number[], ridge: number): number {
  const attacks = data.filter(({ attack }) => attack).length;
  const weight = (attack: boolean) => 0.5 / (attack ? attacks : data.length - attacks);
  const columns = ['a', 'b'].map((name) => {
    const odds = data.map(({ scores }) => limitedLogOdds(scores[name], 1e-6));
    const mean = data.reduce((sum, { attack }, i) => sum + weight(attack) * odds[i], 0);
    const variance = data.reduce((sum, { attack }, i) => sum + weight(attack) * (odds[i] - mean) ** 2, 0);
    return odds.map((value) => (value - mean) / Math.sqrt(variance));
  });
  const loss = data.reduce((sum, { attack }, i) => {
    const odds = theta[0] + theta[1] * columns[0][i] + theta[2] * columns[1][i];
    return sum + weight(attack) * Math.log(1 + Math.exp(attack ? -odds : odds));
  }, 0);
  return loss + (ridge / 2) * (theta[1] ** 2 + theta[2] ** 2);
}

describe('fitLogisticFusion', () => {
  it('finds the point where the objective rises in every direction', () => {
    const data = presentations(1);
    for (const ridge of [0, 0.01, 1]) {
      const { offset, slopes } = fitLogisticFusion(data, ['a', 'b'], { ridge });
      // Back to the standardised parameters.
      const moments = ['a', 'b'].map((name) => {
        const attacks = data.filter(({ attack }) => attack).length;
        const weighted = data.map(({ attack, scores }) => ({
          w: 0.5 / (attack ? attacks : data.length - attacks),
          x: limitedLogOdds(scores[name], 1e-6),
        }));
        const mean = weighted.reduce((sum, { w, x }) => sum + w * x, 0);
        return { mean, scale: Math.sqrt(weighted.reduce((sum, { w, x }) => sum + w * (x - mean) ** 2, 0)) };
      });
      const theta = [
        offset + slopes.a * moments[0].mean + slopes.b * moments[1].mean,
        slopes.a * moments[0].scale,
        slopes.b * moments[1].scale,
      ];
      const h = 1e-5;
      for (let j = 0; j < 3; j++) {
        const moved = (step: number) =>
          objective(
            data,
            theta.map((value, at) => (at === j ? value + step : value)),
            ridge,
          );
        assert.ok(Math.abs(moved(h) - moved(-h)) / (2 * h) < 1e-8, `ridge ${ridge}, parameter ${j}`);
        assert.ok(moved(0.01) > moved(0) && moved(-0.01) > moved(0));
      }
    }
  });

  it('weighs both classes the same, however many there are', () => {
    const data = presentations(2);
    const doubled = [...data, ...data.filter(({ attack }) => attack)];
    const [once, twice] = [data, doubled].map((each) => fitLogisticFusion(each, ['a', 'b']));
    assert.ok(Math.abs(once.slopes.b - twice.slopes.b) < 1e-9);
    assert.ok(Math.abs(once.offset - twice.offset) < 1e-9);
  });

  it('fits no worse than its members, and gives the better one more weight', () => {
    const fit = fitLogisticFusion(presentations(3), ['a', 'b']);
    assert.ok(fit.slopes.b > fit.slopes.a);
    assert.ok(fit.crossEntropyBits < fit.memberCrossEntropyBits.a);
    assert.ok(fit.crossEntropyBits <= fit.memberCrossEntropyBits.b);
    assert.deepEqual([fit.attacks, fit.bonaFides], [40, 25]);
    assert.ok(fusedProbability(fit, { a: 1, b: 1 }) > 0.9);
  });

  it('stays finite by its ridge where the classes are parted, and refuses without one', () => {
    const parted = [0.1, 0.2, 0.8, 0.9].map((a) => ({ attack: a > 0.5, scores: { a } }));
    assert.ok(Number.isFinite(fitLogisticFusion(parted, ['a']).slopes.a));
    assert.throws(() => fitLogisticFusion(parted, ['a'], { ridge: 0 }), /take a ridge above 0/);
  });

  it('refuses one class alone, and a member that never varies', () => {
    const alike = [true, false].map((attack) => ({ attack, scores: { a: 0.5 } }));
    assert.throws(() => fitLogisticFusion(alike, ['a']), /same score for every presentation/);
    assert.throws(() => fitLogisticFusion(alike.slice(0, 1), ['a']), /1 attacks and 0 bona fides/);
  });
});
