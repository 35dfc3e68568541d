import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fitLime } from '../../src/explain/lime/fit-lime.js';
import { explainLimeOfInput, type LimeExplanation, type LimeOptions } from '../../src/explain/lime/lime.js';
import { sampleWeight } from '../../src/explain/lime/sample-weight.js';
import type { MaskableInput } from '../../src/explain/masked-input.js';
import { constantInput, levelInput } from '../../src/explain/network-input.js';
import type { Segmentation } from '../../src/image/superpixels/segmentation.js';
import { pearsonCorrelation } from '../../src/measure/agreement/pearson-correlation.js';
import type { Model } from '../../src/model/model.js';
import { openModel } from '../../src/model/open-model.js';
import { parseCard } from '../../src/model/parse-card.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const folder = process.env.FACEPROBE_DATA;

const cardFile = 'docs/cards/mobilefacenet.card.json';
const mobileFaceNet = parseCard(JSON.parse(readFileSync(cardFile, 'utf8')), cardFile);

interface Golden {
  readonly crop: string;
  readonly superpixels: number;
  readonly weight_mean: readonly number[];
  readonly weight_std: readonly number[];
  readonly r2_mean: number;
  readonly run0: {
    readonly weights: readonly number[];
    readonly intercept: number;
    readonly r2: number;
    readonly local_prediction: number;
  };
}

describe('LIME against Python lime', { skip: folder === undefined && 'FACEPROBE_DATA is not set' }, () => {
  const read = (name: string) => decodeNpy(readFileSync(join(folder!, 'golden', 'lime', name)));
  let model: Model;
  let images: readonly Golden[];
  before(async () => {
    ({ images } = JSON.parse(readFileSync(join(folder!, 'golden', 'lime', 'results.json'), 'utf8')) as {
      images: readonly Golden[];
    });
    model = await openModel(join(folder!, 'models', 'mobilefacenet', 'MobileFaceNet.onnx'), {
      card: mobileFaceNet,
    });
  });
  after(() => model.close());

  function segmentationOf({ crop, superpixels }: Golden): Segmentation {
    const { data } = read(`segments${number(crop)}.npy`);
    return { width: 112, height: 112, labels: Int32Array.from(data as Int16Array), count: superpixels };
  }

  /** The image in [-1, 1], rows from the top, becomes what the network takes; hidden pixels are 0 in [-1, 1]. */
  function inputOf({ crop }: Golden): MaskableInput {
    const { data } = read(`image${number(crop)}.npy`) as { data: Float32Array };
    const { mean, std } = mobileFaceNet.input;
    const image = {
      shape: [1, 3, 112, 112],
      data: Float32Array.from(data, (_, at) => {
        const [channel, pixel] = [Math.floor(at / 12544), at % 12544];
        return ((data[3 * pixel + channel] + 1) * 127.5 - mean[channel]) / std[channel];
      }),
    };
    return { image, hidden: constantInput(image, 'NCHW', levelInput(mobileFaceNet.input, 127.5)) };
  }

  const explain = (golden: Golden, options: LimeOptions = {}) =>
    explainLimeOfInput(model, inputOf(golden), segmentationOf(golden), { kind: 'self-similarity' }, options);

  /** Python's runs explain (1 + cosine) / 2. */
  const halves = ({ segments }: LimeExplanation) => segments.map(({ weight }) => weight! / 2);

  it('weighs samples and fits as the reference does', () => {
    for (const { crop, superpixels: segments, run0 } of images) {
      const masks = Uint8Array.from(read(`samples${number(crop)}.npy`).data as Uint8Array);
      const values = Float64Array.from(read(`labels${number(crop)}.npy`).data as Float32Array);
      const weights = read(`sample_weights${number(crop)}.npy`).data as Float64Array;
      for (const [sample, weight] of weights.entries()) {
        const shown = masks
          .subarray(sample * segments, (sample + 1) * segments)
          .reduce((sum, value) => sum + value, 0);
        assert.ok(Math.abs(sampleWeight(shown, segments, 0.25) - weight) < 1e-15);
      }
      const fit = fitLime({ masks, segments, values, cluster: 1 });
      fit.weights.forEach((weight, at) => assert.ok(Math.abs(weight - run0.weights[at]) < 1e-6));
      assert.ok(Math.abs(fit.intercept - run0.intercept) < 1e-6);
      assert.ok(Math.abs(fit.r2! - run0.r2) < 1e-6);
      assert.ok(Math.abs(fit.localPrediction - run0.local_prediction) < 1e-6);
    }
  });

  it('gives the weights of the reference with its seed, image by image', async () => {
    for (const golden of images) {
      const explanation = await explain(golden);
      const { run0 } = golden;
      halves(explanation).forEach((weight, at) => assert.ok(Math.abs(weight - run0.weights[at]) < 1e-5));
      assert.ok(Math.abs((explanation.intercept + 1) / 2 - run0.intercept) < 1e-5);
      assert.ok(Math.abs(explanation.r2! - run0.r2) < 1e-4);
    }
  });

  for (const design of ['paired', 'balanced'] as const) {
    it(`estimates the same with ${design} masks`, async () => {
      for (const golden of images) {
        const explanation = await explain(golden, { design, seed: 1 });
        const far = halves(explanation).map(
          (weight, at) => Math.abs(weight - golden.weight_mean[at]) / golden.weight_std[at],
        );
        assert.ok(Math.max(...far) < 3, `${Math.max(...far)} standard deviations`);
        assert.ok(Math.abs(explanation.r2! - golden.r2_mean) < 0.02);
        const reference = read(`mean_weight_map${number(golden.crop)}.npy`).data as Float32Array;
        assert.ok(pearsonCorrelation(explanation.map.data, reference) >= 0.98);
      }
    });
  }
});

function number(crop: string): string {
  return /(\d+)\.png$/.exec(crop)![1];
}
