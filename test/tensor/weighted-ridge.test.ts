import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Problem } from '../../src/problem.js';
import { RandomState } from '../../src/tensor/random.js';
import { weightedRidge } from '../../src/tensor/weighted-ridge.js';

const random = new RandomState(1);
const [count, columns] = [40, 4];
const features = Float64Array.from({ length: count * columns }, () => random.normal());
const weights = Float64Array.from({ length: count }, () => random.random());
const noisy = Float64Array.from({ length: count }, () => random.normal());

describe('weighted ridge regression', () => {
  it('makes the derivatives of its objective zero, to 1e-12', () => {
    for (const alpha of [0, 0.5, 10]) {
      const { residuals, coefficients } = weightedRidge({ features, columns, values: noisy, weights }, alpha);
      const ofIntercept = residuals.reduce((sum, residual, i) => sum + weights[i] * residual, 0);
      assert.ok(Math.abs(ofIntercept) < 1e-12);
      for (let j = 0; j < columns; j++) {
        const derivative = residuals.reduce(
          (sum, residual, i) => sum + weights[i] * residual * features[i * columns + j],
          -alpha * coefficients[j],
        );
        assert.ok(Math.abs(derivative) < 1e-12, `alpha ${alpha}, column ${j}: ${derivative}`);
      }
    }
  });

  it('finds a linear function again, with R² 1', () => {
    const truth = [3, -1, 0, 0.5];
    const values = Float64Array.from({ length: count }, (_, i) =>
      truth.reduce((sum, coefficient, j) => sum + coefficient * features[i * columns + j], 7),
    );
    const fit = weightedRidge({ features, columns, values, weights }, 0);
    truth.forEach((coefficient, j) => assert.ok(Math.abs(fit.coefficients[j] - coefficient) < 1e-12));
    assert.ok(Math.abs(fit.intercept - 7) < 1e-12);
    assert.ok(Math.abs(fit.r2! - 1) < 1e-12);
  });

  it('counts an observation of weight 2 as two of weight 1', () => {
    const rows = [0, ...Array(count).keys()];
    const twice = {
      columns,
      features: rows.flatMap((row) => [...features.subarray(row * columns, (row + 1) * columns)]),
      values: rows.map((row) => noisy[row]),
      weights: rows.map(() => 1),
    };
    const weighed = {
      columns,
      features,
      values: noisy,
      weights: noisy.map((_, row) => (row === 0 ? 2 : 1)),
    };
    const [a, b] = [weightedRidge(twice, 1), weightedRidge(weighed, 1)];
    a.coefficients.forEach((value, j) => assert.ok(Math.abs(value - b.coefficients[j]) < 1e-13));
    assert.ok(Math.abs(a.r2! - b.r2!) < 1e-13);
  });

  it('has no R² where all values are alike', () => {
    assert.equal(weightedRidge({ features, columns, values: noisy.map(() => 0.25), weights }, 1).r2, null);
  });

  it('refuses columns that are alike, unless there is a ridge', () => {
    const alike = features.map((value, at) => (at % columns === 1 ? features[at - 1] : value));
    const observations = { features: alike, columns, values: noisy, weights };
    assert.throws(() => weightedRidge(observations, 0), Problem);
    const { coefficients } = weightedRidge(observations, 1);
    assert.ok(Math.abs(coefficients[0] - coefficients[1]) < 1e-12);
  });
});
