import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { gradient } from '../../src/onnx/gradient/gradient.js';
import { gradientName, seedName } from '../../src/onnx/gradient/names.js';
import { decodeModel, encodeModel, rewrite, type OnnxModel } from '../../src/onnx/index.js';
import { fetchModel } from '../../src/model/zoo/fetch-model.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const folder = process.env.FACEPROBE_DATA;

interface Pairs {
  readonly results: readonly Pair[];
  readonly embedding_rows: Readonly<Record<string, readonly number[]>>;
}

interface Pair {
  readonly model: string;
  readonly pair: string;
  readonly direction: string;
  readonly crop_explained: number;
  readonly crop_reference: number;
  readonly positive_indices: readonly number[];
  readonly rel_l2_diff_float64_pos: number;
}

const models = {
  mobilefacenet: {
    width: 128,
    file: () => Promise.resolve(join(folder!, 'models/mobilefacenet/MobileFaceNet.onnx')),
  },
  frfeature: { width: 512, file: () => fetchModel('fr_feature') },
};

describe('gradients against goldens', { skip: folder === undefined && 'FACEPROBE_DATA is not set' }, () => {
  for (const [name, { width, file }] of Object.entries(models)) {
    it(`the halves of a cosine by ${name} are those of xSSAB`, async () => {
      const array = (part: string) => read(join('xssab', `${name}_${part}.npy`));
      const pairs = readFileSync(join(folder!, 'golden', 'xssab', 'pairs.json'), 'utf8');
      const { results, embedding_rows: rows } = JSON.parse(pairs) as Pairs;
      const embeddings = array('embeddings');
      const embedding = (crop: number) => {
        const row = rows[name].indexOf(crop);
        return embeddings.subarray(row * width, (row + 1) * width);
      };
      const path = await file();
      const model = decodeModel(readFileSync(path), path);
      const [input, output] = [model.graph.inputs[0].name, model.graph.outputs[0].name];
      const session = await open(gradient(model, { of: output, wrt: input }));

      for (const each of results.filter(({ model: used }) => used === name)) {
        const seeds = seedsOfHalves(
          embedding(each.crop_explained),
          embedding(each.crop_reference),
          each.positive_indices,
        );
        const crop = String(each.crop_explained).padStart(2, '0');
        const outputs = await session.run({
          [input]: new Tensor('float32', array(`input${crop}`), [1, 3, 112, 112]),
          [seedName(output)]: new Tensor('float32', seeds, [2, width]),
        });
        const { data, dims } = outputs[gradientName(input)];
        assert.deepEqual(dims, [2, 3, 112, 112]);
        ['pos', 'neg'].forEach((half, row) => {
          const expected = channelsFirst(array(`${each.pair}_${each.direction}_${half}`), 112 * 112);
          // A few crops put an activation within rounding of a corner of ReLU6; the golden numbers say which.
          const tolerance = each.rel_l2_diff_float64_pos > 1e-4 ? 1e-2 : 1e-4;
          const actual = data.slice(row * expected.length, (row + 1) * expected.length) as Float32Array;
          const difference = relativeL2(actual, expected);
          assert.ok(
            difference <= tolerance,
            `${each.pair} ${each.direction} ${half}: relative L2 ${difference}`,
          );
        });
      }
      await session.release();
    });
  }

  it("Grad-CAM's weights by the gradient at a layer are those of Captum", async () => {
    const path = join(folder!, 'models', 'minifas128', 'minifas128.onnx');
    const layers = {
      a: { tensor: '/conv_6_sep/prelu/PRelu_output_0', tolerance: 1e-4 },
      b: { tensor: '/conv_4/model/model.5/Add_output_0', tolerance: 1e-3 },
    };
    const tensors = Object.values(layers).map(({ tensor }) => tensor);
    const model = gradient(decodeModel(readFileSync(path), path), {
      of: 'output',
      wrt: tensors,
      keep: tensors,
    });
    const session = await open(model);
    for (const image of [0, 1, 2, 3]) {
      const outputs = await session.run({
        [model.graph.inputs[0].name]: new Tensor(
          'float32',
          read(`captum/input${image}.npy`),
          [1, 3, 128, 128],
        ),
        [seedName('output')]: new Tensor('float32', Float32Array.of(1, 0), [1, 2]),
      });
      for (const [layer, { tensor, tolerance }] of Object.entries(layers)) {
        const [activations, gradients] = [outputs[tensor], outputs[gradientName(tensor)]];
        const places = activations.dims[2] * activations.dims[3];
        const map = new Float32Array(places);
        for (let c = 0; c < activations.dims[1]; c++) {
          const part = (from: Tensor) => from.data.slice(c * places, (c + 1) * places) as Float32Array;
          const weight = part(gradients).reduce((sum, value) => sum + value, 0) / places;
          part(activations).forEach((value, i) => (map[i] += weight * value));
        }
        const difference = relativeL2(map, read(`captum/layer_gradcam_${layer}_reluoff_${image}.npy`));
        assert.ok(difference <= tolerance, `layer ${layer}, image ${image}: relative L2 ${difference}`);
      }
    }
    await session.release();
  });
});

function read(name: string): Float32Array {
  return decodeNpy(readFileSync(join(folder!, 'golden', name))).data as Float32Array;
}

function open(model: OnnxModel): Promise<InferenceSession> {
  return InferenceSession.create(encodeModel(rewrite(model)));
}

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
