import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainOcclusion, explainOcclusionOfInput } from '../../src/explain/occlusion.js';
import type { Point } from '../../src/image/geometry.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { Tensors } from '../../src/model/model.js';
import { coverMean } from '../../src/perturb/occlusion/cover-mean.js';
import { resize } from '../../src/image/resize.js';
import { inputLength, inputShape, writeInput } from '../../src/model/write-input.js';
import { type Fill, paintFor } from '../../src/perturb/occlusion/fill.js';
import { footprintRuns } from '../../src/perturb/occlusion/footprint-runs.js';
import { occlude } from '../../src/perturb/occlusion/occlude.js';
import { type OcclusionPlan, planOcclusions } from '../../src/perturb/occlusion/occlusion-plan.js';
import { type RasterImage } from '../../src/image/raster-image.js';
import type { CardInput, CardOutput } from '../../src/model/card.js';
import { Problem } from '../../src/problem.js';
import { RandomState } from '../../src/tensor/random.js';
import { frontalLandmarks } from '../face/landmarks68.js';
import { linearModel } from './linear-model.js';

const cv = await loadOpenCv();
const width = 19;
const height = 14;
const logits: CardOutput = { kind: 'logits', classes: ['live', 'spoof'] };
const live = { kind: 'class', class: 'live', of: 'logit' } as const;

const random = new RandomState(3);
const uniform = (count: number) => Float32Array.from({ length: count }, () => random.uniform(-1, 1));

const size = 3 * width * height;
const input = { data: uniform(size), shape: [1, 3, height, width] };
const weights = [uniform(size), uniform(size)];

const plans: OcclusionPlan[] = [
  { kind: 'grid', rows: 4, columns: 3 },
  { kind: 'windows', window: { width: 6, height: 5 }, stride: { width: 4, height: 2 } },
  {
    kind: 'given',
    occlusions: [
      {
        name: 'nose',
        kind: 'region',
        footprint: {
          shape: 'polygons',
          polygons: [
            [
              [3, 2],
              [11, 4],
              [7, 12],
            ],
          ],
        },
      },
      {
        name: 'eye',
        kind: 'region',
        footprint: { shape: 'boxes', boxes: [{ x: 5, y: 3, width: 4, height: 3 }] },
      },
    ],
  },
];

/** Sum of w (x - baseline) over the pixels of each occlusion, and the cover-normalised map of these sums. */
function closedForm(
  boxes: { x: number; y: number; width: number; height: number }[],
  baseline: readonly number[],
) {
  const sums = new Float64Array(width * height);
  const cover = new Float64Array(width * height);
  for (const box of boxes) {
    let effect = 0;
    const pixels: number[] = [];
    for (let y = box.y; y < box.y + box.height; y++) {
      for (let x = box.x; x < box.x + box.width; x++) {
        pixels.push(y * width + x);
        for (let channel = 0; channel < 3; channel++) {
          const at = channel * width * height + y * width + x;
          effect += weights[0][at] * (input.data[at] - baseline[channel]);
        }
      }
    }
    for (const pixel of pixels) {
      sums[pixel] += effect;
      cover[pixel]++;
    }
  }
  return sums.map((sum, at) => (cover[at] === 0 ? 0 : sum / cover[at]));
}

describe('explainOcclusionOfInput', () => {
  it('gives cover-normalised window sums of w (x - baseline) for f(x) = w x', async () => {
    const baseline = [0.5, -0.25, 0.125];
    const model = linearModel(weights, { width, height }, logits);
    const { map } = await explainOcclusionOfInput(cv, model, input, live, { plan: plans[1], baseline });
    const boxes = [0, 2, 4, 6, 8, 10].flatMap((y) =>
      [0, 4, 8, 12, 16].map((x) => ({
        x,
        y,
        width: Math.min(6, width - x),
        height: Math.min(5, height - y),
      })),
    );
    const expected = closedForm(boxes, baseline);
    const largest = Math.max(...expected.map(Math.abs));
    map.data.forEach((value, at) => {
      assert(Math.abs(value - expected[at]) <= 1e-6 * largest, `${value} is not ${expected[at]} at ${at}`);
    });
  });

  it('does not depend on the batch size or on how many batches are under way', async () => {
    for (const plan of plans) {
      const maps: Float32Array[] = [];
      for (const batchSize of [1, 3, 16]) {
        for (const concurrency of [1, 2, 5]) {
          const model = linearModel(weights, { width, height }, logits);
          const { map } = await explainOcclusionOfInput(cv, model, input, live, {
            plan,
            baseline: 0,
            batchSize,
            concurrency,
          });
          maps.push(map.data);
          assert(model.seen.largestBatch <= batchSize);
          assert.equal(model.seen.rows, map.provenance.forwardPasses);
        }
      }
      for (const map of maps) assert.deepEqual(map, maps[0]);
    }
  });

  it('treats channels-last input alike', async () => {
    const swap = (data: Float32Array) =>
      data.map((_, at) => data[(at % 3) * width * height + Math.floor(at / 3)]);
    const last = linearModel(weights.map(swap), { width, height, layout: 'NHWC' }, logits);
    const first = linearModel(weights, { width, height }, logits);
    const options = { plan: plans[2], baseline: [1, 2, 3] };
    const channelsLast = { data: swap(input.data), shape: [1, height, width, 3] };
    const a = await explainOcclusionOfInput(cv, last, channelsLast, live, options);
    const b = await explainOcclusionOfInput(cv, first, input, live, options);
    a.map.data.forEach((value, at) => assert(Math.abs(value - b.map.data[at]) < 1e-5));
    assert(a.map.data.some((value) => value !== 0));
  });

  it('says where no occlusion was: cover is 0 there, and not only the effect', async () => {
    const model = linearModel(weights, { width, height }, logits);
    const { map } = await explainOcclusionOfInput(cv, model, input, live, { plan: plans[2], baseline: 0 });
    assert.equal(map.cover![0], 0);
    assert.equal(map.data[0], 0);
    assert.equal(map.cover![4 * width + 6], 2);
  });

  it('lists the effect of every occlusion and records how the map came about', async () => {
    const model = linearModel(weights, { width, height }, logits);
    const { map, effects } = await explainOcclusionOfInput(cv, model, input, live, {
      plan: plans[0],
      baseline: 0,
    });
    assert.equal(effects.length, 12);
    assert.equal(effects[1].name, 'r0_c1');
    const { provenance } = map;
    for (const { occluded, effect } of effects) assert.equal(effect, provenance.targetValue - occluded);
    assert.equal(provenance.method, 'occlusion');
    assert.equal(provenance.target, 'logit of live');
    assert.equal(provenance.forwardPasses, 13);
    assert.deepEqual(provenance.parameters, { plan: plans[0], baseline: 0 });
    assert.deepEqual(provenance.range, { minimum: Math.min(...map.data), maximum: Math.max(...map.data) });
    assert.deepEqual(JSON.parse(JSON.stringify(provenance)), provenance);
  });

  it('has no effect on the similarity of an image to itself where hiding changes nothing', async () => {
    const model = linearModel(weights, { width, height }, { kind: 'embedding', normalised: false });
    const flat = { ...input, data: new Float32Array(size).fill(0.5) };
    const same = await explainOcclusionOfInput(
      cv,
      model,
      flat,
      { kind: 'self-similarity' },
      { plan: plans[0], baseline: 0.5 },
    );
    assert.equal(same.map.provenance.targetValue, 1);
    assert(same.map.data.every((value) => value === 0));
    const changed = await explainOcclusionOfInput(
      cv,
      model,
      flat,
      { kind: 'self-similarity' },
      { plan: plans[0], baseline: 0 },
    );
    assert(changed.map.data.every((value) => value > 0));
  });

  it('reports progress up to the number of forward passes', async () => {
    const model = linearModel(weights, { width, height }, logits);
    const seen: number[] = [];
    await explainOcclusionOfInput(cv, model, input, live, {
      plan: plans[0],
      baseline: 0,
      batchSize: 5,
      onProgress: (done, total) => {
        assert.equal(total, 13);
        seen.push(done);
      },
    });
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    assert.equal(seen.at(-1), 13);
  });

  it('stops where it is cancelled', async () => {
    const model = linearModel(weights, { width, height }, logits);
    const controller = new AbortController();
    const running = explainOcclusionOfInput(cv, model, input, live, {
      plan: plans[0],
      baseline: 0,
      batchSize: 1,
      concurrency: 1,
      signal: controller.signal,
      onProgress: (done) => {
        if (done === 4) controller.abort(new Error('enough'));
      },
    });
    await assert.rejects(running, /enough/);
    assert.equal(model.seen.rows, 4);
  });

  it('refuses an output that is not a number', async () => {
    const broken = linearModel(
      [new Float32Array(size).fill(Number.NaN), weights[1]],
      { width, height },
      logits,
    );
    await assert.rejects(
      explainOcclusionOfInput(cv, broken, input, live, { plan: plans[0], baseline: 0 }),
      Problem,
    );
  });
});

describe('explainOcclusion', () => {
  const photograph = (channels: 1 | 3): RasterImage => ({
    width,
    height,
    channels,
    data: Uint8Array.from(new RandomState(8).integers(0, 256, width * height * channels)),
  });

  const inputs: Record<string, Partial<CardInput> & Pick<CardInput, 'width' | 'height'>> = {
    'the size of the model': { width, height, mean: [127.5], std: [128] },
    'any size': { width: null, height: null, mean: [104, 117, 123], std: [58, 57, 56], channels: 'BGR' },
    'channels last': { width, height, layout: 'NHWC', std: [255] },
    gray: { width, height, channels: 'gray' },
    'a smaller size than the image': { width: 8, height: 9, resize: 'area-or-lanczos4', mean: [10] },
    'a larger size than the image': { width: 30, height: 31, channels: 'BGR', layout: 'NHWC', std: [3] },
  };

  for (const [name, change] of Object.entries(inputs)) {
    it(`is what occluding, preprocessing and scoring one image after the other gives: ${name}`, async () => {
      for (const channels of [1, 3] as const) {
        for (const fill of ['black', 'mean', 'blur', '#30c0f0'] as Fill[]) {
          const image = photograph(channels);
          const before = image.data.slice();
          const model = linearModel([], change, logits);
          const length = inputLength(model.card.input, image);
          const own = new RandomState(4);
          const rows = [0, 1].map(() => Float32Array.from({ length }, () => own.uniform(-1, 1)));
          const scored = linearModel(rows, change, logits);
          const run = (feeds: Tensors) => scored.run(feeds);
          const score = async (pixels: RasterImage) => {
            const data = new Float32Array(length);
            writeInput(cv, model.card.input, pixels, data, 0);
            const { y } = await run({ x: { data, shape: inputShape(model.card.input, 1, image) } });
            return y.data[0];
          };
          const { map, effects } = await explainOcclusion(cv, { ...model, run }, image, live, {
            plan: plans[2],
            fill,
          });
          assert.deepEqual([map.width, map.height], [width, height]);
          assert.deepEqual(image.data, before);
          const paint = paintFor(cv, image, fill);
          const regular = await score(image);
          for (const [at, { footprint }] of planOcclusions(plans[2], width, height).occlusions.entries()) {
            const occluded = await score(occlude(image, footprintRuns(cv, footprint, width, height), paint));
            assert.equal(effects[at].occluded, occluded);
            assert.equal(effects[at].effect, regular - occluded);
            assert.notEqual(occluded, regular);
          }
        }
      }
    });
  }

  it('records the fill and the preprocessing', async () => {
    const model = linearModel(weights, { width, height }, logits);
    const { map } = await explainOcclusion(cv, model, photograph(3), live, { plan: plans[0] });
    assert.deepEqual(map.provenance.parameters, { plan: plans[0], fill: 'black', resolution: 'image' });
    assert.deepEqual(map.provenance.preprocessing, model.card.input);
  });

  it("hides at the model's resolution what it would hide in the resized image", async () => {
    const image = photograph(3);
    const small = { width: 8, height: 9 };
    const length = 3 * small.width * small.height;
    const model = linearModel([uniform(length), uniform(length)], small, logits);
    const landmarks = frontalLandmarks([0, 0]).map(([x, y]): Point => [9 + x / 30, 4 + y / 30]);
    const plan = {
      kind: 'regions',
      names: ['mouth', 'nose'],
      landmarks,
      precision: 'pixel',
      scale: 1.5,
    } as const;
    for (const fill of ['black', 'blur'] as const) {
      const { map } = await explainOcclusion(cv, model, image, live, { plan, fill, resolution: 'model' });
      assert.deepEqual([map.width, map.height], [small.width, small.height]);
      const resized = (pixels: RasterImage) => resize(cv, pixels, small.width, small.height, 'linear');
      const moved = landmarks.map(([x, y]): Point => [
        ((x + 0.5) * 8) / width - 0.5,
        ((y + 0.5) * 9) / height - 0.5,
      ]);
      const paint = paintFor(cv, image, fill);
      const hidden = paint.kind === 'image' ? resized(paint.image).data : new Uint8Array(length);
      const score = async (data: Uint8Array) => {
        const into = new Float32Array(length);
        writeInput(cv, model.card.input, { ...small, channels: 3, data }, into, 0);
        return (await model.run({ x: { data: into, shape: [1, 3, 9, 8] } })).y.data[0];
      };
      const original = resized(image).data;
      const { occlusions } = planOcclusions({ ...plan, landmarks: moved }, small.width, small.height);
      const footprints = occlusions.map(({ footprint }) =>
        footprintRuns(cv, footprint, small.width, small.height),
      );
      const effects: number[] = [];
      for (const runs of footprints) {
        const occluded = original.slice();
        for (let i = 0; i < runs.length; i += 3) {
          const from = 3 * (runs[i] * small.width + runs[i + 1]);
          const to = 3 * (runs[i] * small.width + runs[i + 2]);
          occluded.set(hidden.subarray(from, to), from);
        }
        effects.push((await score(original)) - (await score(occluded)));
      }
      assert(effects.every((effect) => effect !== 0));
      assert.deepEqual(map.data, coverMean(footprints, effects, small.width, small.height).data);
    }
  });

  it('names the regions that have no pixel', async () => {
    const model = linearModel(weights, { width, height }, logits);
    const speck = frontalLandmarks([0, 0]).map(([x, y]): Point => [8.5 + x / 1000, 7.5 + y / 1000]);
    const plan = {
      kind: 'regions',
      names: ['nose'],
      landmarks: speck,
      precision: 'bbox',
      scale: 1.5,
    } as const;
    const { map, effects, empty } = await explainOcclusion(cv, model, photograph(3), live, { plan });
    assert.deepEqual([effects, empty], [[], ['nose']]);
    assert(map.cover!.every((count) => count === 0));
  });
});
