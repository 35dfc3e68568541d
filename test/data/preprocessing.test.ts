import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import type { CardInput } from '../../src/model/card.js';
import { openModel } from '../../src/model/open-model.js';
import { inputShape, writeInput } from '../../src/model/write-input.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const data = process.env.FACEPROBE_DATA;
const golden = (name: string) => join(data!, 'golden/xssab', name);

async function readNpy(name: string): Promise<{ data: Float32Array; shape: readonly number[] }> {
  const array = decodeNpy(new Uint8Array(await readFile(golden(name))), name);
  assert.ok(array.data instanceof Float32Array);
  return { data: array.data, shape: array.shape };
}

async function readPng(name: string): Promise<RasterImage> {
  const { data: samples, info } = await sharp(golden(name))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: samples };
}

describe(
  'preprocessing and inference against PyTorch',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    const common = { width: 112, height: 112, layout: 'NCHW', channels: 'RGB', resize: 'linear' } as const;
    const crop = { kind: 'template', template: 'arcface' } as const;
    const imageNet = { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] };

    it('writes the inputs of the goldens, to float32 rounding (5e-7)', async () => {
      const cv = await loadOpenCv();
      const inputs: [string, CardInput][] = [
        ['mobilefacenet', { ...common, crop, ...imageNet }],
        ['frfeature', { ...common, crop, mean: [127.5], std: [127.5] }],
      ];
      let compared = 0;
      for (const [network, input] of inputs) {
        for (let id = 0; id < 12; id++) {
          const number = String(id).padStart(2, '0');
          const expected = await readNpy(`${network}_input${number}.npy`).catch(() => undefined);
          if (expected === undefined) continue;
          const image = await readPng(`crop${number}.png`);
          const actual = new Float32Array(expected.data.length);
          writeInput(cv, input, image, actual, 0);
          assert.deepEqual(inputShape(input, 1, image), [...expected.shape]);
          actual.forEach((value, at) => assert.ok(Math.abs(value - expected.data[at]) <= 5e-7));
          compared++;
        }
      }
      assert.equal(compared, 16);
    });

    it('gives the embeddings of the goldens with MobileFaceNet, to 1e-4', async () => {
      const expected = await readNpy('mobilefacenet_embeddings.npy');
      const cv = await loadOpenCv();
      const model = await openModel(join(data!, 'models/mobilefacenet/MobileFaceNet.onnx'), {
        card: 'docs/cards/mobilefacenet.card.json',
      });
      const { input } = model.card;
      const batch = new Float32Array(12 * 3 * 112 * 112);
      for (let id = 0; id < 12; id++) {
        writeInput(cv, input, await readPng(`crop${String(id).padStart(2, '0')}.png`), batch, id);
      }
      const { output0: actual } = await model.run({ input0: { data: batch, shape: [12, 3, 112, 112] } });
      await model.close();
      assert.deepEqual(actual.shape, expected.shape);
      actual.data.forEach((value, at) => assert.ok(Math.abs(value - expected.data[at]) <= 1e-4));
    });
  },
);
