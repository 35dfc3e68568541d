import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { embeddingOutput } from '../../src/explain/pair-explanation.js';
import { openXssab } from '../../src/explain/xssab/open-xssab.js';
import { explainXssab } from '../../src/explain/xssab/xssab.js';
import type { Card } from '../../src/model/card.js';
import type { Model } from '../../src/model/model.js';
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

/** The networks of the golden numbers, with how many directions of pairs each has. */
const networks: readonly { name: string; count: number; open: () => Promise<Model> }[] = [
  {
    name: 'mobilefacenet',
    count: 10,
    open: () =>
      openModel(join(folder!, 'models', 'mobilefacenet', 'MobileFaceNet.onnx'), { card, threads: 1 }),
  },
  { name: 'frfeature', count: 2, open: () => openModel('fr_feature', { threads: 1 }) },
];

describe(
  'xssab against the reference code',
  { skip: folder === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    const golden = join(folder ?? '', 'golden', 'xssab');
    const array = (name: string) => decodeNpy(readFileSync(join(golden, `${name}.npy`))) as Tensor;
    for (const { name: network, count, open } of networks) {
      it(`has its gradients and maps on ${network}`, async () => {
        const { results } = JSON.parse(readFileSync(join(golden, 'pairs.json'), 'utf8')) as {
          results: Pair[];
        };
        const input = (crop: number) => array(`${network}_input${String(crop).padStart(2, '0')}`);
        const pairs = results.filter((each) => each.model === network);
        assert.equal(pairs.length, count);
        const model = await open();
        const opened = await openXssab(model, embeddingOutput(model.card), { threads: 1 });
        for (const each of pairs.filter(({ direction }) => direction === '12')) {
          const pair = { a: input(each.crop_explained), b: input(each.crop_reference) };
          const explained = await explainXssab(opened, pair, { threshold: each.threshold });
          assert.ok(Math.abs(explained.cosine - each.cosine_float64) < 1e-5);
          for (const expected of pairs.filter((other) => other.pair === each.pair)) {
            const maps = explained[expected.direction === '12' ? 'a' : 'b'];
            const name = `${network}_${expected.pair}_${expected.direction}`;
            // A few crops put an activation within rounding of a corner of ReLU6; the golden numbers say which.
            const corner =
              Math.max(expected.rel_l2_diff_float64_pos, expected.rel_l2_diff_float64_neg) > 1e-4;
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
        await opened.close();
        await model.close();
      });
    }
  },
);
