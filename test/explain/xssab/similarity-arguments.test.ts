import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { embeddingGradient } from '../../../src/explain/xssab/embedding-gradient.js';
import { similarityArguments } from '../../../src/explain/xssab/similarity-arguments.js';
import { Problem } from '../../../src/problem.js';
import { cosineSimilarity } from '../../../src/tensor/cosine-similarity.js';
import { RandomState } from '../../../src/tensor/random.js';

const random = new RandomState(2);
const normals = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal());

describe('similarityArguments', () => {
  it('takes the cosine apart without a rest', () => {
    const [a, b] = [normals(64), normals(64)];
    const { cosine, positiveScore, negativeScore, positive, negative } = similarityArguments(a, b, 0.3);
    assert.ok(Math.abs(cosine - cosineSimilarity(a, b)) < 1e-14);
    assert.equal(positiveScore + negativeScore, cosine);
    const length = Math.hypot(...b);
    positive.forEach((weight, i) => {
      assert.ok(weight === 0 || negative[i] === 0);
      assert.ok(Math.abs(weight + negative[i] - b[i] / length) < 1e-15);
    });
  });

  it('counts a term on the bound as positive', () => {
    // All four terms are 1/4, as is the bound at threshold 1.
    const one = [1, 1, 1, 1];
    const { positiveCount, margin, bound } = similarityArguments(one, one, 1);
    assert.deepEqual([positiveCount, margin, bound], [4, 0, 0.25]);
    assert.equal(similarityArguments([1, 1, 1, 0.99], one, 1).positiveCount, 3);
  });

  it('compares with the threshold over the number of terms, not with the threshold', () => {
    const [a, b] = [normals(512), normals(512)];
    const sum = a.map((value, i) => value + b[i]);
    assert.ok(similarityArguments(sum, b, 0.3).positiveCount > 100);
  });

  it('does not depend on the length of the embeddings', () => {
    const [a, b] = [normals(32), normals(32)];
    const scaled = similarityArguments(
      a.map((value) => value * 8),
      b.map((value) => value / 4),
      0.2,
    );
    const { positiveCount, positiveScore } = similarityArguments(a, b, 0.2);
    assert.equal(scaled.positiveCount, positiveCount);
    assert.ok(Math.abs(scaled.positiveScore - positiveScore) < 1e-14);
  });

  it('refuses what has no direction, no partner or no cosine', () => {
    const one = [1, 1];
    assert.throws(() => similarityArguments([0, 0], one, 0.3), /explained image: is zero/);
    assert.throws(() => similarityArguments(one, [1, Number.NaN], 0.3), /reference image: holds values/);
    assert.throws(() => similarityArguments(one, [1, 1, 1], 0.3), /of 2 and 3 values/);
    for (const threshold of [1.01, -1.5, Number.NaN]) {
      assert.throws(() => similarityArguments(one, one, threshold), Problem);
    }
  });
});

describe('embeddingGradient', () => {
  it('gives the closed form of xSSAB for f(x) = Wx, by central differences to 1e-6', () => {
    const [dimensions, inputs] = [16, 24];
    const matrix = normals(dimensions * inputs);
    const x = normals(inputs);
    const reference = normals(dimensions);
    const embed = (input: Float64Array): Float64Array =>
      Float64Array.from({ length: dimensions }, (_, row) =>
        input.reduce((sum, value, column) => sum + matrix[row * inputs + column] * value, 0),
      );
    const score = (input: Float64Array, weights: Float64Array): number => {
      const f = embed(input);
      return f.reduce((sum, value, i) => sum + value * weights[i], 0) / Math.hypot(...f);
    };
    const { positive, negative } = similarityArguments(embed(x), reference, 0.3);
    for (const weights of [positive, negative]) {
      const seed = embeddingGradient(embed(x), weights);
      for (let column = 0; column < inputs; column++) {
        // W^T seed, one column of W at a time.
        const gradient = seed.reduce((sum, value, row) => sum + value * matrix[row * inputs + column], 0);
        const step = 1e-5;
        const moved = (by: number): Float64Array =>
          x.map((value, at) => (at === column ? value + by : value));
        const difference = (score(moved(step), weights) - score(moved(-step), weights)) / (2 * step);
        assert.ok(Math.abs(gradient - difference) < 1e-6 * Math.max(1, Math.abs(difference)));
      }
    }
  });

  it('is at right angles to the embedding: its length does not change the score', () => {
    const f = normals(40);
    const gradient = embeddingGradient(f, normals(40));
    assert.ok(Math.abs(gradient.reduce((sum, value, i) => sum + value * f[i], 0)) < 1e-12);
  });
});
