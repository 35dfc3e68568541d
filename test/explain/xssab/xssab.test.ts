import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openXssab, type XssabNetwork } from '../../../src/explain/xssab/open-xssab.js';
import { explainXssab } from '../../../src/explain/xssab/xssab.js';
import { Problem } from '../../../src/problem.js';
import { RandomState } from '../../../src/tensor/random.js';
import { cardOf, linearNetwork, randomImage, relativeL2, side, size } from '../small-networks.js';

const card = cardOf({ kind: 'embedding', normalised: false });
const length = 8;
const random = new RandomState(5);
const weights = Float32Array.from({ length: length * size }, () => random.normal());
const pair = { a: randomImage(1), b: randomImage(2) };

const open = async (values: Float32Array) =>
  openXssab(await linearNetwork(values, card), 'y', { threads: 1 });
const close = (network: XssabNetwork) => Promise.all([network.close(), network.model.close()]);

/** Wᵀ (w± - (â · w±) â) / |W x|, for the terms on one side of the bound. */
function closedForm(
  x: Float32Array,
  reference: Float32Array,
  threshold: number,
  positive: boolean,
): Float64Array {
  const [f, g] = [x, reference].map((image) =>
    Array.from({ length }, (_, i) =>
      image.reduce((sum, value, at) => sum + weights[i * size + at] * value, 0),
    ),
  );
  const norm = Math.hypot(...f);
  const [a, b] = [f.map((value) => value / norm), g.map((value) => value / Math.hypot(...g))];
  const w = b.map((value, i) => (a[i] * value >= threshold / length === positive ? value : 0));
  const product = w.reduce((sum, value, i) => sum + value * a[i], 0);
  return Float64Array.from({ length: size }, (_, at) =>
    w.reduce((sum, value, i) => sum + (weights[i * size + at] * (value - product * a[i])) / norm, 0),
  );
}

describe('xssab on f(x) = W x', () => {
  let network: XssabNetwork;
  before(async () => (network = await open(weights)));
  after(() => close(network));

  for (const threshold of [-1, 0, 0.3, 1]) {
    it(`has the closed form at threshold ${threshold}, to 1e-6 (relative L2)`, async () => {
      const explained = await explainXssab(network, pair, { threshold });
      for (const [maps, x, reference] of [
        [explained.a, pair.a, pair.b],
        [explained.b, pair.b, pair.a],
      ] as const) {
        for (const half of ['positive', 'negative'] as const) {
          const expected = closedForm(x.data, reference.data, threshold, half === 'positive');
          const gradient = maps.gradients![half].data;
          const planar = expected.map((_, at) => gradient[(at % 36) * 3 + Math.floor(at / 36)]);
          if (expected.every((value) => value === 0)) assert.ok(gradient.every((value) => value === 0));
          else assert.ok(relativeL2(planar, expected) < 1e-6, String(relativeL2(planar, expected)));
          const mean = maps[half].map((_, pixel) => {
            const [r, g, b] = gradient.subarray(3 * pixel, 3 * pixel + 3).map(Math.abs);
            return (r + g + b) / 3;
          });
          maps[half].forEach((value, pixel) => assert.ok(Math.abs(value - mean[pixel]) < 1e-6));
        }
        maps.combined.forEach((value, pixel) =>
          assert.ok(Math.abs(value - (maps.positive[pixel] - maps.negative[pixel])) < 1e-6),
        );
        assert.deepEqual([maps.width, maps.height], [side, side]);
      }
      assert.equal(explained.decision, explained.cosine >= threshold ? 'match' : 'non-match');
    });
  }

  it('swaps its sides with the images', async () => {
    const one = await explainXssab(network, pair, { threshold: 0.2 });
    const other = await explainXssab(network, { a: pair.b, b: pair.a }, { threshold: 0.2 });
    assert.deepEqual(other.a, one.b);
    assert.deepEqual(other.b, one.a);
  });

  it('refuses thresholds that are no cosine, images of two sizes, and one image twice', async () => {
    for (const threshold of [-1.01, 1.5, NaN]) {
      await assert.rejects(explainXssab(network, pair, { threshold }), /is not a cosine/);
    }
    const small = { data: new Float32Array(48), shape: [1, 3, 4, 4] };
    await assert.rejects(explainXssab(network, { a: pair.a, b: small }, { threshold: 0 }), /have the shapes/);
    await assert.rejects(
      explainXssab(network, { a: pair.a, b: randomImage(1) }, { threshold: 0 }),
      (error: Error) => error instanceof Problem && error.message.includes('both images are the same'),
    );
  });
});

describe('xssab on a model that is broken', () => {
  it('names a zero embedding, and NaN', async () => {
    for (const [value, reason] of [
      [0, /is zero/],
      [NaN, /holds NaN/],
    ] as const) {
      const network = await open(new Float32Array(length * size).fill(value));
      await assert.rejects(
        explainXssab(network, pair, { threshold: 0.3 }),
        (error: Error) => error instanceof Problem && reason.test(error.message),
      );
      await close(network);
    }
  });
});
