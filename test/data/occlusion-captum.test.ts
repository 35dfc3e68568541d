import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { explainOcclusionOfInput } from '../../src/explain/occlusion.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { Card } from '../../src/model/card.js';
import type { Model } from '../../src/model/model.js';
import { openModel } from '../../src/model/open-model.js';
import { decodeNpy } from '../../src/tensor/npy.js';
import type { Tensor } from '../../src/tensor/tensor.js';

const folder = process.env.FACEPROBE_DATA ?? '';

/** The network of the reference: RGB in 0..1, logits real and spoof. */
const card: Card = {
  name: 'minifas128',
  task: 'pad',
  input: {
    width: 128,
    height: 128,
    layout: 'NCHW',
    channels: 'RGB',
    mean: [0],
    std: [255],
    crop: { kind: 'whole' },
    resize: 'area-or-lanczos4',
  },
  outputs: { output: { kind: 'logits', classes: ['real', 'spoof'] } },
  bonaFide: 'real',
};

async function read(name: string): Promise<Tensor> {
  return decodeNpy(await readFile(join(folder, 'golden', 'captum', name)), name) as Tensor;
}

describe(
  'occlusion against Captum 0.8 (golden/captum)',
  { skip: folder === '' && 'FACEPROBE_DATA is not set' },
  () => {
    let model: Model;
    before(async () => {
      model = await openModel(join(folder, 'models', 'minifas128', 'minifas128.onnx'), { card });
    });
    after(() => model.close());

    for (const image of [0, 1, 2, 3]) {
      it(`input ${image}: relative maximum difference of at most 1e-5`, async () => {
        const { map } = await explainOcclusionOfInput(
          await loadOpenCv(),
          model,
          await read(`input${image}.npy`),
          { kind: 'class', class: 'real', of: 'logit' },
          {
            plan: {
              kind: 'windows',
              window: { width: 16, height: 16 },
              stride: { width: 8, height: 8 },
            },
            baseline: 0,
          },
        );
        const expected = await read(`occlusion${image}.npy`);
        assert.equal(map.provenance.forwardPasses, 226);
        assert.equal(map.data.length, expected.data.length);
        let difference = 0;
        let largest = 0;
        expected.data.forEach((value, at) => {
          difference = Math.max(difference, Math.abs(value - map.data[at]));
          largest = Math.max(largest, Math.abs(value));
        });
        assert(difference <= 1e-5 * largest, `relative maximum difference ${difference / largest}`);
      });
    }

    it('does not depend on the batch size, but for float32 rounding', async () => {
      const input = await read('input0.npy');
      const maps = await Promise.all(
        [1, 3, 16].map(async (batchSize) =>
          explainOcclusionOfInput(
            await loadOpenCv(),
            model,
            input,
            { kind: 'bona-fide', of: 'logit' },
            { plan: { kind: 'grid', rows: 5, columns: 5 }, baseline: 0, batchSize },
          ),
        ),
      );
      const largest = Math.max(...maps[0].map.data.map(Math.abs));
      for (const { map } of maps) {
        map.data.forEach((value, at) => assert(Math.abs(value - maps[0].map.data[at]) <= 1e-5 * largest));
      }
    });
  },
);
