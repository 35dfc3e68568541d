import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RandomState } from '../../src/tensor/random.js';
import { ridgeStandardErrors } from '../../src/tensor/ridge-standard-errors.js';
import { weightedRidge } from '../../src/tensor/weighted-ridge.js';

const columns = 5;
const repeats = 800;

/**
 * Draws observations over and over.
 * @returns for each column, the mean of the squared standard errors over the squared spread of the coefficients.
 */
function calibration(cluster: number, noise: (random: RandomState, features: Float64Array) => number[]) {
  const random = new RandomState(4);
  const sums = new Float64Array(columns);
  const squares = new Float64Array(columns);
  const claimed = new Float64Array(columns);
  for (let repeat = 0; repeat < repeats; repeat++) {
    const count = 60;
    const features = Float64Array.from({ length: count * columns }, () => random.integer(0, 2));
    const weights = Float64Array.from({ length: count }, () => 0.2 + random.random());
    const values = noise(random, features);
    const observations = { features, columns, values, weights };
    const fit = weightedRidge(observations, 0.1);
    const errors = ridgeStandardErrors(
      observations,
      fit,
      (i) => Math.floor(i / cluster),
      Math.ceil(count / cluster),
    );
    fit.coefficients.forEach((value, j) => {
      sums[j] += value;
      squares[j] += value * value;
      claimed[j] += errors![j] ** 2;
    });
  }
  return Array.from(claimed, (claim, j) => claim / (squares[j] - sums[j] ** 2 / repeats));
}

describe('standard errors of ridge coefficients', () => {
  it('are the spread over repeats where noise differs from one observation to the next', () => {
    const ratios = calibration(1, (random, features) =>
      Array.from({ length: 60 }, (_, i) => 3 + features[i * columns] * (1 + 2 * random.normal())),
    );
    // 800 repeats know a variance to 5 %.
    for (const ratio of ratios) assert.ok(Math.abs(ratio - 1) < 0.15, `${ratio}`);
  });

  it('are the spread over repeats where pairs share their noise, which single ones miss', () => {
    const shared = (random: RandomState, features: Float64Array) => {
      const values = new Array<number>(60);
      for (let pair = 0; pair < 60; pair += 2) {
        const noise = random.normal();
        values[pair] = noise;
        // The second of a pair is the complement of the first, and its noise undoes that of the first.
        for (let j = 0; j < columns; j++) {
          features[(pair + 1) * columns + j] = 1 - features[pair * columns + j];
        }
        values[pair + 1] = noise;
      }
      return values;
    };
    for (const ratio of calibration(2, shared)) assert.ok(Math.abs(ratio - 1) < 0.15, `${ratio}`);
    for (const ratio of calibration(1, shared)) assert.ok(ratio > 1.5, `${ratio}`);
  });

  it('are zero where nothing is left unexplained', () => {
    const random = new RandomState(2);
    const features = Float64Array.from({ length: 20 * columns }, () => random.integer(0, 2));
    const values = Float64Array.from({ length: 20 }, (_, i) => 2 * features[i * columns]);
    const observations = { features, columns, values, weights: values.map(() => 1) };
    const errors = ridgeStandardErrors(observations, weightedRidge(observations, 0), (i) => i, 20);
    errors!.forEach((error) => assert.ok(error < 1e-14));
  });

  it('are not given for fewer observations than coefficients', () => {
    const features = Float64Array.of(1, 0, 0, 1);
    const observations = { features, columns: 2, values: [1, 2], weights: [1, 1] };
    assert.equal(
      ridgeStandardErrors(observations, weightedRidge(observations, 1), (i) => i, 2),
      null,
    );
  });
});
