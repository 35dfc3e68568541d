import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { networkInput } from '../../../src/explain/network-input.js';
import { explainRise, type RiseMasks, type RiseOptions } from '../../../src/explain/rise/rise.js';
import type { Target } from '../../../src/explain/target.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import type { Model } from '../../../src/model/model.js';
import { randomGridMask } from '../../../src/perturb/random-grid-mask.js';
import { RandomState } from '../../../src/tensor/random.js';
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
const self: Target = { kind: 'self-similarity' };
const pixels = width * height;
const grid: RiseMasks = { kind: 'grid', cells: 3 };

const explain = (model: Model, masks: RiseMasks, target: Target, options: RiseOptions = {}) =>
  explainRise(cv, model, image, masks, target, options);

/** What each pixel adds to the additive model against black. */
const contribution = new Float64Array(pixels);
const { data } = networkInput(cv, additive().card.input, image);
data.forEach((value, at) => {
  const channel = Math.floor(at / pixels);
  contribution[at % pixels] += weights[at] * (value + input.mean[channel] / input.std[channel]);
});
const black = weights.reduce((sum, weight, at) => {
  const channel = Math.floor(at / pixels);
  return sum - (weight * input.mean[channel]) / input.std[channel];
}, 0);

describe('RISE', () => {
  it('is the mean over all ways to hide the other segments, for an additive function and balanced masks', async () => {
    // In whole blocks each segment is shown with half of each other one: c_j + sum of the others' c / 2.
    const masks: RiseMasks = { kind: 'segments', segmentation, design: 'balanced' };
    const { map, samples } = await explain(additive(), masks, logit, { samples: 3 * 16 });
    assert.equal(samples, 48);
    const bySegment = new Array<number>(5).fill(0);
    contribution.forEach((value, pixel) => (bySegment[segmentation.labels[pixel]] += value));
    const half = bySegment.reduce((sum, value) => sum + value, 0) / 2;
    map.data.forEach((value, pixel) => {
      const expected = black + half + bySegment[segmentation.labels[pixel]] / 2;
      assert.ok(Math.abs(value - expected) < 1e-3, `${value} for ${expected}`);
    });
  });

  it('equals the expectation over its masks computed in two passes, to 1e-4', async () => {
    const samples = 300;
    const { map } = await explain(additive(), grid, logit, { samples, seed: 5 });
    const random = new RandomState(5);
    const generator = randomGridMask(width, height, { cells: 3 });
    const masks = Array.from({ length: samples }, () => {
      const mask = new Float32Array(pixels);
      generator.write(generator.draw(random), mask);
      return mask;
    });
    const targets = masks.map((mask) => mask.reduce((sum, m, pixel) => sum + m * contribution[pixel], black));
    map.data.forEach((value, pixel) => {
      const cover = masks.reduce((sum, mask) => sum + mask[pixel], 0);
      const expected = masks.reduce((sum, mask, i) => sum + mask[pixel] * targets[i], 0) / cover;
      assert.ok(Math.abs(value - expected) < 1e-4, `${value} for ${expected}`);
    });
  });

  it('is flat for a constant, without error', async () => {
    const { map, standardErrors } = await explain(
      constant(),
      grid,
      { ...logit, of: 'probability' },
      { samples: 64 },
    );
    map.data.forEach((value) => assert.ok(Math.abs(value - 0.5) < 1e-7));
    standardErrors.forEach((error) => assert.ok(error < 1e-7));
  });

  it('is the same to the bit for one seed, whatever the batches', async () => {
    const run = async (options: RiseOptions) =>
      (await explain(bent(), grid, self, { samples: 300, seed: 2, ...options })).map.data;
    const once = await run({});
    for (const options of [
      { batchSize: 1 },
      { batchSize: 7, concurrency: 1 },
      { batchSize: 64, concurrency: 3 },
    ]) {
      assert.deepEqual(await run(options), once);
    }
    assert.notDeepEqual(await run({ seed: 3 }), once);
  });

  it('stops when the map has settled', async () => {
    const { settled, samples, standardErrors, map } = await explain(bent(), grid, self, {
      samples: 20_000,
      untilStable: 0.1,
    });
    assert.equal(settled, true);
    assert.equal(samples % 256, 0);
    const { minimum, maximum } = map.provenance.range;
    assert.ok(Math.max(...standardErrors) <= 0.1 * (maximum - minimum) * (1 + 1e-6));
    assert.equal(map.provenance.forwardPasses, samples + 1);
    const short = await explain(bent(), grid, self, { samples: 300, untilStable: 1e-6 });
    assert.deepEqual([short.settled, short.samples], [false, 300]);
  });

  it('refuses what cannot be explained, in one line', async () => {
    const whole = { ...segmentation, count: 1, labels: new Int32Array(pixels) };
    for (const [work, line] of [
      [explain(additive(), { kind: 'grid', cells: 9 }, logit), /^cells 9: .* 12 x 8/],
      [explain(additive(), { kind: 'segments', segmentation: whole }, logit), /one segment/],
      [explain(additive(), grid, logit, { samples: 1 }), /^samples 1: are too few/],
      [
        explain(additive(), { ...grid, shown: 0.01 }, logit, { samples: 2 }),
        /^samples 2: left pixels that were never shown/,
      ],
    ] as const) {
      await assert.rejects(work, { name: 'Problem', message: line });
    }
  });
});
