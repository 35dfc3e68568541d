import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Differentiable, openDifferentiable } from '../../src/explain/differentiable.js';
import { explainFggb } from '../../src/explain/fggb.js';
import { gaussianBlurMap } from '../../src/image/gaussian-blur.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import { Problem } from '../../src/problem.js';
import { RandomState } from '../../src/tensor/random.js';
import { cardOf, linearNetwork, randomImage, relativeL2, side, size } from './small-networks.js';

const cv = await loadOpenCv();
const card = cardOf({ kind: 'embedding', normalised: false });
const length = 8;
const pixels = side * side;
const random = new RandomState(5);
const weights = Float32Array.from({ length: length * size }, () => random.normal());
const pair = { a: randomImage(1), b: randomImage(2) };

const open = async (values: Float32Array) =>
  openDifferentiable(await linearNetwork(values, card), 'y', { threads: 1 });
const close = (network: Differentiable) => Promise.all([network.close(), network.model.close()]);

/** Σ_k (a_k b_k - τ / D) ĝ_k for f(x) = W x, where ∂â_k/∂x = (W_k - â_k Wᵀâ) / |W x|. */
function closedForm(x: Float32Array, reference: Float32Array, threshold: number): Float64Array {
  const row = (k: number) => weights.subarray(k * size, (k + 1) * size);
  const [a, b] = [x, reference].map((image) => {
    const f = Array.from({ length }, (_, k) => row(k).reduce((sum, w, at) => sum + w * image[at], 0));
    return f.map((value) => value / Math.hypot(...f));
  });
  const along = Float64Array.from({ length: size }, (_, at) =>
    a.reduce((sum, value, k) => sum + value * row(k)[at], 0),
  );
  const total = new Float64Array(pixels);
  for (let k = 0; k < length; k++) {
    const derivative = along.map((value, at) => Math.abs(row(k)[at] - a[k] * value));
    const own = total.map(
      (_, p) => (derivative[p] + derivative[p + pixels] + derivative[p + 2 * pixels]) / 3,
    );
    const norm = Math.hypot(...own);
    own.forEach((value, p) => (total[p] += ((a[k] * b[k] - threshold / length) * value) / norm));
  }
  return total;
}

describe('fggb on f(x) = W x', () => {
  let network: Differentiable;
  before(async () => (network = await open(weights)));
  after(() => close(network));

  for (const threshold of [-0.5, 0, 0.3]) {
    it(`has the closed form at threshold ${threshold}, to 1e-5 (relative L2)`, async () => {
      const explained = await explainFggb(cv, network, pair, { threshold });
      for (const [maps, x, reference] of [
        [explained.a, pair.a, pair.b],
        [explained.b, pair.b, pair.a],
      ] as const) {
        const signed = closedForm(x.data, reference.data, threshold);
        for (const [half, sign] of [
          ['positive', 1],
          ['negative', -1],
        ] as const) {
          const data = Float32Array.from(signed, (value) => Math.max(0, sign * value));
          const expected = gaussianBlurMap(cv, { data, shape: [side, side] }, 5, 25).data;
          if (expected.every((value) => value === 0)) assert.ok(maps[half].every((value) => value === 0));
          else
            assert.ok(relativeL2(maps[half], expected) < 1e-5, `${half} ${relativeL2(maps[half], expected)}`);
        }
      }
      assert.equal(explained.decision, explained.cosine >= threshold ? 'match' : 'non-match');
    });
  }

  it('does not depend on the batch size, to 1e-5, and counts its passes', async () => {
    const whole = await explainFggb(cv, network, pair, { threshold: 0 });
    for (const batchSize of [1, 3]) {
      const parts = await explainFggb(cv, network, pair, { threshold: 0, batchSize });
      assert.ok(relativeL2(parts.a.combined, whole.a.combined) < 1e-5);
      assert.deepEqual(
        [parts.provenance.forwardPasses, parts.provenance.backwardPasses],
        [2 + 2 * Math.ceil(length / batchSize), 2 * length],
      );
    }
  });
});

describe('fggb on a model that is broken', () => {
  it('names a zero embedding, and NaN', async () => {
    for (const [value, reason] of [
      [0, /is zero/],
      [NaN, /holds NaN/],
    ] as const) {
      const network = await open(new Float32Array(length * size).fill(value));
      await assert.rejects(
        explainFggb(cv, network, pair, { threshold: 0.3 }),
        (error: Error) => error instanceof Problem && reason.test(error.message),
      );
      await close(network);
    }
  });
});
