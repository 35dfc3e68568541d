import assert from 'node:assert/strict';
import { it } from 'node:test';
import { chanceOfBest } from '../../../../src/study/doctor/trial/chance.js';
import { bestOrder, evidence, evidenceRanks } from '../../../../src/study/doctor/trial/class-evidence.js';
import { classScores } from '../../../../src/study/doctor/trial/class-scores.js';
import { resampleImages } from '../../../../src/study/doctor/resamples.js';

const labels = ['a', 'b'];
const labelOf = ['a', 'a', 'b', 'b', 'b'];

it('measures the AUC by hand-checked ranks, ties counting half', () => {
  // a: 3 and 1; b: 2, 1, 0: of six pairs a wins 3 + 1, and ties one.
  const values = [[3], [1], [2], [1], [0]];
  const { order, area } = bestOrder(evidenceRanks(values, 'number'), {
    labels,
    labelOf,
    oneAgainstAll: false,
  });
  assert.deepEqual([order, area], [[0, 1], 4.5 / 6]);
  const { measures } = classScores(
    values,
    { labels, labelOf, oneAgainstAll: false, nature: 'number' },
    order,
  );
  assert.equal(measures(new Float64Array(5).fill(1))[0], 4.5 / 6);
  // With the second b left out: 3 against 2 and 0, 1 against 2 and 0.
  assert.equal(measures(Float64Array.of(1, 1, 1, 0, 1))[0], 3 / 4);
  // Above 0 is the class of output 0: both of a are right, one of three of b.
  assert.equal(measures(new Float64Array(5).fill(1))[1], (1 + 1 / 3) / 2);
});

it('turns logits into log-odds that do not saturate', () => {
  assert.ok(Math.abs(evidence([2, 1, 0], 0, 'logits') - (2 - Math.log(Math.E + 1))) < 1e-12);
  assert.equal(evidence([1000, 0], 0, 'logits'), 1000);
  assert.ok(evidence([1000, 0], 0, 'logits') < evidence([1001, 0], 0, 'logits'));
  assert.equal(evidence([0.7, 0.3], 1, 'probabilities'), 0.3);
});

it('finds the exact share of deals that look as good', () => {
  // Two of five persons are a: 10 deals, of which one gives the observed sum of 9.
  const score = [5, 4, 3, 2, 1];
  const best = (own: readonly string[]) =>
    score.reduce((sum, value, i) => sum + (own[i] === 'a' ? value : 0), 0);
  const persons = ['p', 'q', 'r', 's', 't'];
  const p = chanceOfBest(persons, labelOf, best, { permutations: 4000, seed: 1 });
  // The standard error of the share of 4000 deals is 0.005.
  assert.ok(Math.abs(p - 0.1) < 0.02, String(p));
});

it('keeps the images of a person together and the classes filled', () => {
  const images = ['p', 'p', 'q', 'r', 's', 's'].map((person, i) => ({ person, label: i < 3 ? 'a' : 'b' }));
  let resamples = 0;
  resampleImages(images)(
    (weights) => {
      resamples++;
      assert.equal(weights[0], weights[1]);
      assert.equal(weights[4], weights[5]);
      assert.ok(weights[0] + weights[2] > 0 && weights[3] + weights[4] > 0);
    },
    50,
    3,
  );
  assert.equal(resamples, 50);
});
