import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainCorrRise } from '../../src/explain/corrrise.js';
import type { PairExplanation } from '../../src/explain/pair-explanation.js';
import { explainXFace, xFaceDistances } from '../../src/explain/xface.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { Model } from '../../src/model/model.js';
import { Problem } from '../../src/problem.js';
import { RandomState } from '../../src/tensor/random.js';
import { linearModel } from './linear-model.js';
import { randomImage, relativeL2, side, size } from './small-networks.js';

const cv = await loadOpenCv();
const pixels = side * side;
const input = { width: side, height: side, mean: [127.5], std: [127.5] };
const pair = { a: randomImage(1), b: randomImage(2) };
const squares = { masks: 60, patches: 2, patchSize: 2 };
const sizes = { patchSizes: [2, 3], stride: 2 };

/** f(x) = W x of 8 values. */
function linear(weights: readonly Float32Array[]): Model {
  return linearModel(weights, input, { kind: 'embedding', normalised: false }, { task: 'verification' });
}

const random = new RandomState(5);
const dense = Array.from({ length: 8 }, () => Float32Array.from({ length: size }, () => random.normal()));

/** The embedding (x at one pixel of the red channel, 1). */
function onePixel(pixel: number): Model {
  const weights = [new Float32Array(size), new Float32Array(size)];
  weights[0][pixel] = 1;
  const model = linear(weights);
  return {
    ...model,
    async run(feeds) {
      const { y } = await model.run(feeds);
      for (let at = 1; at < y.data.length; at += 2) y.data[at] = 1;
      return { y };
    },
  };
}

function cosineOf(x: Float32Array, y: Float32Array): number {
  const [f, g] = [x, y].map((image) =>
    dense.map((row) => row.reduce((sum, weight, at) => sum + weight * image[at], 0)),
  );
  return f.reduce((sum, value, i) => sum + value * g[i], 0) / Math.hypot(...f) / Math.hypot(...g);
}

/** The image with pixels made black, which is -1 to the network. */
function hide(image: Float32Array, isHidden: (x: number, y: number) => boolean): Float32Array {
  return image.map((value, at) => {
    const pixel = at % pixels;
    return isHidden(pixel % side, Math.floor(pixel / side)) ? -1 : value;
  });
}

/** Kernel of 5 values with standard deviation 5, mirrored without the border pixel (OpenCV's default). */
function blur(map: Float64Array): Float64Array {
  const weights = [-2, -1, 0, 1, 2].map((offset) => Math.exp((-offset * offset) / 50));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mirror = (at: number) => (at < 0 ? -at : at >= side ? 2 * side - 2 - at : at);
  const along = (values: Float64Array, at: (i: number, j: number) => number) =>
    values.map((_, pixel) => {
      const [x, y] = [pixel % side, Math.floor(pixel / side)];
      return weights.reduce((sum, weight, k) => sum + (weight / total) * values[at(k - 2, y * side + x)], 0);
    });
  const rows = along(map, (offset, pixel) => pixel - (pixel % side) + mirror((pixel % side) + offset));
  return along(rows, (offset, pixel) => mirror(Math.floor(pixel / side) + offset) * side + (pixel % side));
}

/** A square of the image, cut off at the border. */
interface Square {
  readonly area: number;
  readonly inside: (x: number, y: number) => boolean;
}

function squaresOf(patch: number): Square[] {
  const starts = [0, 2, 4];
  return starts.flatMap((top) =>
    starts.map((left) => ({
      area: Math.min(patch, side - left) * Math.min(patch, side - top),
      inside: (x, y) => x >= left && x < left + patch && y >= top && y < top + patch,
    })),
  );
}

/** The map of falls of the cosine, one for each square of each size. */
function xFaceMap(cosine: number, similarity: (square: Square, all: readonly Square[]) => number) {
  const expected = new Float64Array(pixels);
  for (const patch of sizes.patchSizes) {
    const [sums, cover] = [new Float64Array(pixels), new Float64Array(pixels)];
    const squares = squaresOf(patch);
    for (const square of squares) {
      const fall = (cosine - similarity(square, squares)) / square.area;
      for (let pixel = 0; pixel < pixels; pixel++) {
        if (!square.inside(pixel % side, Math.floor(pixel / side))) continue;
        sums[pixel] += fall;
        cover[pixel]++;
      }
    }
    assert.ok(cover.every((count) => count > 0));
    const smooth = blur(sums.map((sum, pixel) => sum / cover[pixel]));
    smooth.forEach((value, pixel) => (expected[pixel] += value / 2));
  }
  return expected;
}

describe('xface', () => {
  it('is the mean fall a pixel of the squares that hide a pixel, blurred, to 1e-5', async () => {
    const { a, cosine } = await explainXFace(cv, linear(dense), pair, sizes);
    assert.ok(Math.abs(cosine - cosineOf(pair.a.data, pair.b.data)) < 1e-6);
    const expected = xFaceMap(cosine, ({ inside }) => cosineOf(hide(pair.a.data, inside), pair.b.data));
    assert.ok(relativeL2(a.combined, expected) < 1e-5, String(relativeL2(a.combined, expected)));
    a.combined.forEach((value, pixel) => assert.equal(a.positive[pixel] - a.negative[pixel], value));
  });

  it('compares with every hidden version of the other image, mean of the cosines, to 1e-5', async () => {
    const distance = 'every-mask';
    const { a, b, cosine, provenance } = await explainXFace(cv, linear(dense), pair, { ...sizes, distance });
    for (const [maps, own, other] of [
      [a, pair.a.data, pair.b.data],
      [b, pair.b.data, pair.a.data],
    ] as const) {
      const expected = xFaceMap(cosine, ({ inside }, all) => {
        const hidden = hide(own, inside);
        return all.reduce((sum, each) => sum + cosineOf(hidden, hide(other, each.inside)), 0) / all.length;
      });
      assert.ok(relativeL2(maps.combined, expected) < 1e-5, String(relativeL2(maps.combined, expected)));
    }
    assert.deepEqual([provenance.parameters.distance, provenance.forwardPasses], [distance, 38]);
  });

  it('compares with the other image behind the same square: one map for both, to 1e-5', async () => {
    const { a, b, cosine } = await explainXFace(cv, linear(dense), pair, { ...sizes, distance: 'same-mask' });
    const expected = xFaceMap(cosine, ({ inside }) =>
      cosineOf(hide(pair.a.data, inside), hide(pair.b.data, inside)),
    );
    assert.ok(relativeL2(a.combined, expected) < 1e-5, String(relativeL2(a.combined, expected)));
    assert.deepEqual(b.combined, a.combined);
  });

  it('names squares that are larger than the image', async () => {
    await assert.rejects(explainXFace(cv, linear(dense), pair), /window 7.*larger than the image/);
  });
});

describe('corrrise', () => {
  it('gives the one pixel that matters a correlation of 1 or -1, and no other a larger one', async () => {
    for (const pixel of [0, 14, 35]) {
      const { a } = await explainCorrRise(onePixel(pixel), pair, squares);
      // Two values of the similarity, and two of being shown: they go together without exception.
      const value = Math.abs(a.combined[pixel]);
      assert.ok(Math.abs(value - 1) < 1e-6, `pixel ${pixel}: ${value}`);
      assert.ok(a.combined.every((other) => Math.abs(other) <= value + 1e-6));
    }
  });

  it('is Spearman of shown and similarity, mask by mask as drawn from the seed, to 1e-6', async () => {
    const { a, provenance } = await explainCorrRise(linear(dense), pair, { ...squares, seed: 7 });
    assert.equal(provenance.forwardPasses, 122);
    const draw = new RandomState(7);
    const masks = Array.from({ length: squares.masks }, () =>
      [0, 1].map(() => [draw.integer(0, side - 1), draw.integer(0, side - 1)] as const),
    );
    const isHidden = (mask: (typeof masks)[number], x: number, y: number) =>
      mask.some(([left, top]) => x >= left && x < left + 2 && y >= top && y < top + 2);
    const scores = masks.map((mask) =>
      cosineOf(
        hide(pair.a.data, (x, y) => isHidden(mask, x, y)),
        pair.b.data,
      ),
    );
    const rank = (of: readonly number[]) =>
      of.map((v) => of.filter((w) => w < v).length + (of.filter((w) => w === v).length - 1) / 2);
    const pearson = (u: readonly number[], v: readonly number[]) => {
      const centre = (w: readonly number[]) => w.map((x) => x - w.reduce((s, y) => s + y, 0) / w.length);
      const [p, q] = [centre(u), centre(v)];
      return p.reduce((sum, x, i) => sum + x * q[i], 0) / Math.hypot(...p) / Math.hypot(...q);
    };
    for (let pixel = 0; pixel < pixels; pixel++) {
      const shown = masks.map((mask) => (isHidden(mask, pixel % side, Math.floor(pixel / side)) ? 0 : 1));
      const expected = pearson(rank(shown), rank(scores));
      assert.ok(Math.abs(a.combined[pixel] - expected) < 1e-6, `pixel ${pixel}`);
    }
  });

  it('follows its seed, and refuses squares that do not fit', async () => {
    const [first, again, other] = await Promise.all(
      [3, 3, 4].map((seed) => explainCorrRise(linear(dense), pair, { ...squares, seed })),
    );
    assert.deepEqual(again.a, first.a);
    assert.notDeepEqual(other.a, first.a);
    await assert.rejects(explainCorrRise(linear(dense), pair), /squares of 30 pixels.*6 x 6/);
  });
});

const methods: readonly [string, (model: Model, batchSize?: number) => Promise<PairExplanation>][] = [
  ['corrrise', (model, batchSize) => explainCorrRise(model, pair, { ...squares, batchSize, threshold: 0.3 })],
  ...xFaceDistances.map((distance): (typeof methods)[number] => [
    'xface',
    (model, batchSize) => explainXFace(cv, model, pair, { ...sizes, distance, batchSize, threshold: 0.3 }),
  ]),
];

for (const [name, explain] of methods) {
  describe(name, () => {
    it('does not depend on the batch size, to 1e-6', async () => {
      const whole = await explain(linear(dense), 16);
      for (const batchSize of [1, 3]) {
        const parts = await explain(linear(dense), batchSize);
        assert.ok(relativeL2(parts.a.combined, whole.a.combined) < 1e-6);
        assert.ok(relativeL2(parts.b.combined, whole.b.combined) < 1e-6);
      }
      assert.equal(whole.provenance.method, name);
      assert.equal(whole.provenance.backwardPasses, 0);
      assert.equal(whole.decision, whole.cosine >= 0.3 ? 'match' : 'non-match');
    });

    it('names a zero embedding, and NaN', async () => {
      for (const [value, reason] of [
        [0, /is zero/],
        [NaN, /holds NaN/],
      ] as const) {
        const broken = linear(Array.from({ length: 4 }, () => new Float32Array(size).fill(value)));
        await assert.rejects(
          explain(broken),
          (error: Error) => error instanceof Problem && reason.test(error.message),
        );
      }
    });
  });
}
