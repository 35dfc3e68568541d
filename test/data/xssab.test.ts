import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openDifferentiable } from '../../src/explain/differentiable.js';
import { embeddingOutput } from '../../src/explain/pair-explanation.js';
import { explainXssab } from '../../src/explain/xssab/xssab.js';
import type { Card } from '../../src/model/card.js';
import { openModel } from '../../src/model/open-model.js';
import { decodeNpy } from '../../src/tensor/npy.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { relativeL2 } from '../explain/small-networks.js';

const folder = process.env.FACEPROBE_DATA;

interface Pair {
  readonly model: string;
  readonly pair: string;
  readonly direction: '12' | '21';
  readonly crop_explained: number;
  readonly crop_reference: number;
  readonly threshold: number;
  readonly cosine_float64: number;
  readonly rel_l2_diff_float64_pos: number;
  readonly rel_l2_diff_float64_neg: number;
}

const card: Card = {
  name: 'mobilefacenet',
  task: 'verification',
  input: {
    width: 112,
    height: 112,
    layout: 'NCHW',
    channels: 'RGB',
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
    crop: { kind: 'template', template: 'arcface' },
    resize: 'linear',
  },
  outputs: { output0: { kind: 'embedding', normalised: false } },
};

describe(
  'xssab against the reference code',
  { skip: folder === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    it('has its gradients and maps on MobileFaceNet, both directions', async () => {
      const golden = join(folder!, 'golden', 'xssab');
      const array = (name: string) => decodeNpy(readFileSync(join(golden, `${name}.npy`))) as Tensor;
      const { results } = JSON.parse(readFileSync(join(golden, 'pairs.json'), 'utf8')) as { results: Pair[] };
      const file = join(folder!, 'models', 'mobilefacenet', 'MobileFaceNet.onnx');
      const model = await openModel(file, { card, threads: 1 });
      const network = await openDifferentiable(model, embeddingOutput(card), { threads: 1 });
      const input = (crop: number) => array(`mobilefacenet_input${String(crop).padStart(2, '0')}`);
      const pairs = results.filter((each) => each.model === 'mobilefacenet');
      assert.equal(pairs.length, 10);
      for (const each of pairs.filter(({ direction }) => direction === '12')) {
        const pair = { a: input(each.crop_explained), b: input(each.crop_reference) };
        const explained = await explainXssab(network, pair, { threshold: each.threshold });
        assert.ok(Math.abs(explained.cosine - each.cosine_float64) < 1e-5);
        for (const golden of pairs.filter((other) => other.pair === each.pair)) {
          const maps = explained[golden.direction === '12' ? 'a' : 'b'];
          const name = `mobilefacenet_${golden.pair}_${golden.direction}`;
          // A few crops put an activation within rounding of a corner of ReLU6; the golden numbers say which.
          const corner = Math.max(golden.rel_l2_diff_float64_pos, golden.rel_l2_diff_float64_neg) > 1e-4;
          for (const [half, actual] of [
            ['pos', maps.gradients!.positive.data],
            ['neg', maps.gradients!.negative.data],
            ['combined', maps.combined],
          ] as const) {
            const difference = relativeL2(actual, array(`${name}_${half}`).data);
            assert.ok(difference <= (corner ? 1e-2 : 1e-4), `${name}_${half}: relative L2 ${difference}`);
          }
        }
      }
      await network.close();
      await model.close();
    });
  },
);
