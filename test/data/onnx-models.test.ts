import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeModel } from '../../src/onnx/codec/decode-model.js';
import { encodeModel } from '../../src/onnx/codec/encode-model.js';
import { noise, run } from '../onnx/run.js';

const folder = process.env.FACEPROBE_DATA;

export const files = [
  'aenet/aenet-topology-random.onnx',
  'detectors/ultraface_RFB-320.onnx',
  'detectors/yunet_n_640_640.onnx',
  'minifas128/minifas128.onnx',
  'minifasnet/2.7_80x80_MiniFASNetV2.onnx',
  'minifasnet/4_0_0_80x80_MiniFASNetV1SE.onnx',
  'mobilefacenet/MobileFaceNet.onnx',
];

describe(
  'the models of the data folder',
  { skip: folder === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    for (const file of files) {
      it(`${file}: a decoded and encoded model computes the same`, async () => {
        const bytes = new Uint8Array(readFileSync(join(folder!, 'models', file)));
        const model = decodeModel(bytes, file);
        const [input] = model.graph.inputs;
        const shape = input.shape!.map((axis) => (typeof axis === 'number' ? axis : 1));
        const data = noise(shape.reduce((a, b) => a * b));
        const expected = await run(bytes, { [input.name]: [data, shape] });
        assert.deepEqual(await run(encodeModel(model), { [input.name]: [data, shape] }), expected);
      });
    }
  },
);
