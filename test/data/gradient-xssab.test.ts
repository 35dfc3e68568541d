import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { gradient } from '../../src/onnx/gradient/gradient.js';
import { gradientName, seedName } from '../../src/onnx/gradient/names.js';
import { decodeModel, encodeModel } from '../../src/onnx/index.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const folder = process.env.FACEPROBE_DATA;

interface Pair {
  readonly model: string;
  readonly pair: string;
  readonly direction: string;
  readonly crop_explained: number;
  readonly crop_reference: number;
  readonly positive_indices: readonly number[];
  readonly rel_l2_diff_float64_pos: number;
}

describe(
  'gradients of the halves of a cosine',
  { skip: folder === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    it('are those of xSSAB on MobileFaceNet', async () => {
      const golden = join(folder!, 'golden', 'xssab');
      const array = (name: string) =>
        decodeNpy(readFileSync(join(golden, `${name}.npy`))).data as Float32Array;
      const file = join(folder!, 'models', 'mobilefacenet', 'MobileFaceNet.onnx');
      const model = decodeModel(readFileSync(file), file);
      const session = await InferenceSession.create(
        encodeModel(gradient(model, { of: 'output0', wrt: 'input0' })),
      );
      const { results } = JSON.parse(readFileSync(join(golden, 'pairs.json'), 'utf8')) as { results: Pair[] };
      const embeddings = array('mobilefacenet_embeddings');
      const embedding = (crop: number) => embeddings.subarray(crop * 128, (crop + 1) * 128);

      for (const each of results.filter(({ model: name }) => name === 'mobilefacenet')) {
        const seeds = seedsOfHalves(
          embedding(each.crop_explained),
          embedding(each.crop_reference),
          each.positive_indices,
        );
        const crop = String(each.crop_explained).padStart(2, '0');
        const outputs = await session.run({
          input0: new Tensor('float32', array(`mobilefacenet_input${crop}`), [1, 3, 112, 112]),
          [seedName('output0')]: new Tensor('float32', seeds, [2, 128]),
        });
        const { data, dims } = outputs[gradientName('input0')];
        assert.deepEqual(dims, [2, 3, 112, 112]);
        ['pos', 'neg'].forEach((half, row) => {
          const name = `mobilefacenet_${each.pair}_${each.direction}_${half}`;
          const expected = channelsFirst(array(name), 112 * 112);
          // A few crops put an activation within rounding of a corner of ReLU6; the golden numbers say which.
          const tolerance = each.rel_l2_diff_float64_pos > 1e-4 ? 1e-2 : 1e-4;
          const actual = data.slice(row * expected.length, (row + 1) * expected.length) as Float32Array;
          const difference = relativeL2(actual, expected);
          assert.ok(difference <= tolerance, `${name}: relative L2 ${difference}`);
        });
      }
    });
  },
);

/** ∂/∂a of Σ âᵢ b̂ᵢ over the positive arguments, and over the others: (b̂± - S± â) / |a|. */
function seedsOfHalves(a: Float32Array, b: Float32Array, positive: readonly number[]): Float32Array {
  const [lengthA, lengthB] = [a, b].map((vector) => Math.hypot(...vector));
  const isPositive = new Set(positive);
  return Float32Array.from(
    [true, false].flatMap((half) => {
      const chosen = Array.from(b, (value, i) => (isPositive.has(i) === half ? value / lengthB : 0));
      const score = chosen.reduce((sum, value, i) => sum + (value * a[i]) / lengthA, 0);
      return chosen.map((value, i) => (value - (score * a[i]) / lengthA) / lengthA);
    }),
  );
}

function channelsFirst(pixels: Float32Array, count: number): Float32Array {
  return Float32Array.from(
    { length: pixels.length },
    (_, i) => pixels[(i % count) * 3 + Math.floor(i / count)],
  );
}

function relativeL2(actual: Float32Array, expected: Float32Array): number {
  let [difference, norm] = [0, 0];
  expected.forEach((value, i) => {
    difference += (actual[i] - value) ** 2;
    norm += value ** 2;
  });
  return Math.sqrt(difference / norm);
}
