import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainLime, type LimeOptions } from '../../../src/explain/lime/lime.js';
import { networkInput } from '../../../src/explain/network-input.js';
import type { Target } from '../../../src/explain/target.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import type { Model } from '../../../src/model/model.js';
import { maskDesigns, type MaskDesignName } from '../../../src/perturb/mask-design/mask-design.js';
import {
  additive,
  bent,
  constant,
  height,
  image,
  input,
  segmentation,
  weights,
  width,
} from '../small-image.js';

const cv = await loadOpenCv();
const logit: Target = { kind: 'class', class: 'a', of: 'logit' };
const all = Object.keys(maskDesigns) as MaskDesignName[];

const explain = (model: Model, target: Target, options: LimeOptions & { fill?: 'black' | 'blur' } = {}) =>
  explainLime(cv, model, image, segmentation, target, options);

/** What showing each segment adds to an additive model, in the network's layout. */
function contributions(model: Model, hidden: (element: number) => number): number[] {
  const { data } = networkInput(cv, model.card.input, image);
  const sums = new Array<number>(5).fill(0);
  data.forEach((value, at) => {
    const pixel = model.card.input.layout === 'NCHW' ? at % (width * height) : Math.floor(at / 3);
    sums[segmentation.labels[pixel]] += weights[at] * (value - hidden(at));
  });
  return sums;
}

describe('LIME', () => {
  it('gives the exact contributions of an additive function, R² 1, in every design', async () => {
    const model = additive();
    const gray = (at: number) => {
      const channel = Math.floor(at / (width * height));
      return (127.5 - input.mean[channel]) / input.std[channel];
    };
    const expected = contributions(model, gray);
    for (const design of all) {
      const explanation = await explain(model, logit, { design, samples: 100, ridge: 1e-9 });
      expected.forEach((value, at) => {
        const { weight, standardError } = explanation.segments[at];
        assert.ok(Math.abs(weight! - value) < 1e-4, `${weight} for ${value}`);
        assert.ok(standardError! < 1e-4);
      });
      assert.ok(Math.abs(explanation.r2! - 1) < 1e-9);
      const { targetValue } = explanation.map.provenance;
      assert.ok(Math.abs(explanation.localPrediction - targetValue) < 1e-4);
      explanation.map.data.forEach((value, pixel) =>
        assert.ok(Math.abs(value - expected[segmentation.labels[pixel]]) < 1e-4),
      );
    }
  });

  it('follows the layout, the channel order and the fill', async () => {
    const model = additive({ layout: 'NHWC', channels: 'BGR' });
    const expected = contributions(model, (at) => (0 - input.mean[at % 3]) / input.std[at % 3]);
    const { segments } = await explain(model, logit, { fill: 'black', samples: 64, ridge: 1e-9 });
    expected.forEach((value, at) => assert.ok(Math.abs(segments[at].weight! - value) < 1e-4));
  });

  it('is the same to the bit for one seed, and another for another', async () => {
    const model = bent();
    const run = async (options: LimeOptions) => {
      const { map, segments, r2 } = await explain(
        model,
        { kind: 'self-similarity' },
        { samples: 80, ...options },
      );
      return { data: map.data, segments, r2 };
    };
    const once = await run({ seed: 3 });
    for (const options of [
      {},
      { batchSize: 1 },
      { batchSize: 7, concurrency: 1 },
      { batchSize: 64, concurrency: 3 },
    ]) {
      assert.deepEqual(await run({ seed: 3, ...options }), once);
    }
    assert.notDeepEqual((await run({ seed: 4 })).data, once.data);
  });

  it('sends the image through once, and then batches of masked ones', async () => {
    const model = additive();
    const progress: number[] = [];
    const { map, samples } = await explain(model, logit, {
      samples: 100,
      batchSize: 16,
      onProgress: (done, total) => progress.push(done, total),
    });
    assert.equal(model.seen.rows, 100);
    assert.equal(model.seen.largestBatch, 15);
    assert.equal(map.provenance.forwardPasses, 100);
    assert.equal(samples, 100);
    assert.deepEqual(progress.slice(-2), [100, 100]);
  });

  it('explains the similarity to a reference', async () => {
    const model = bent();
    const reference = Float32Array.of(1, 2, 3, -1, 0, 1);
    const { map } = await explain(model, { kind: 'similarity', reference }, { samples: 50 });
    assert.equal(map.provenance.target, 'cosine similarity to the reference');
    assert.notEqual(map.provenance.targetValue, 1);
  });

  it('stops when the weights have settled, after whole steps', async () => {
    const settled = await explain(bent(), { kind: 'self-similarity' }, { samples: 4000, untilStable: 0.1 });
    assert.equal(settled.settled, true);
    assert.equal(settled.samples % 128, 0);
    assert.ok(settled.samples < 4000);
    const largest = (values: (number | null)[]) => Math.max(...values.map((value) => Math.abs(value!)));
    const share = ({ segments }: typeof settled) =>
      largest(segments.map((segment) => segment.standardError)) /
      largest(segments.map((segment) => segment.weight));
    assert.ok(share(settled) <= 0.1);
    assert.equal(settled.map.provenance.forwardPasses, settled.samples);
    // It is the explanation of that many samples, and a step before it had not settled.
    const plain = await explain(bent(), { kind: 'self-similarity' }, { samples: settled.samples });
    assert.deepEqual(plain.segments, settled.segments);
    assert.equal(plain.settled, null);
    if (settled.samples > 128) {
      const before = await explain(bent(), { kind: 'self-similarity' }, { samples: settled.samples - 128 });
      assert.ok(share(before) > 0.1);
    }
  });

  it('says where the weights did not settle', async () => {
    const { settled, samples } = await explain(
      bent(),
      { kind: 'self-similarity' },
      { samples: 150, untilStable: 0.001 },
    );
    assert.deepEqual([settled, samples], [false, 150]);
  });

  it('keeps only the strongest segments where told so', async () => {
    const { segments, map } = await explain(additive(), logit, { samples: 100, features: 2 });
    const kept = segments.filter(({ weight }) => weight !== null);
    assert.deepEqual(kept.map(({ rank }) => rank).sort(), [1, 2]);
    const dropped = segments.find(({ weight }) => weight === null)!;
    assert.deepEqual([dropped.rank, dropped.standardError], [null, null]);
    assert.equal(map.data[segmentation.labels.indexOf(dropped.segment)], 0);
  });

  it('has no R² and no weights where the target never moves', async () => {
    const { r2, map } = await explain(constant(), logit, { samples: 50 });
    assert.equal(r2, null);
    assert.deepEqual(map.provenance.range, { minimum: 0, maximum: 0 });
  });

  it('refuses what cannot be explained, in one line', async () => {
    const model = additive();
    const whole = { ...segmentation, count: 1, labels: new Int32Array(width * height) };
    const small = { width: 2, height: 1, count: 2, labels: Int32Array.of(0, 1) };
    for (const [work, line] of [
      [
        explain(model, logit, { samples: 6 }),
        /^samples 6: are too few to weigh 5 segments \(take at least 7/,
      ],
      [explainLime(cv, model, image, whole, logit), /one segment/],
      [explainLime(cv, model, image, small, logit), /segmentation of 2 x 1: does not fit .* 12 x 8/],
      [explain(model, { kind: 'class', class: 'c' }), /no class "c"/],
    ] as const) {
      await assert.rejects(work, { name: 'Problem', message: line });
    }
  });
});
