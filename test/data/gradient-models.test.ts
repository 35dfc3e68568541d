import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeModel } from '../../src/onnx/index.js';
import { checkNetwork } from '../onnx/gradient/check-network.js';

const folder = process.env.FACEPROBE_DATA;

const files = [
  'aenet/aenet-topology-random.onnx',
  'detectors/ultraface_RFB-320.onnx',
  'minifas128/minifas128.onnx',
  'minifasnet/2.7_80x80_MiniFASNetV2.onnx',
  'minifasnet/4_0_0_80x80_MiniFASNetV1SE.onnx',
  'mobilefacenet/MobileFaceNet.onnx',
  'detectors/yunet_n_640_640.onnx',
];

describe('gradients of whole networks', { skip: folder === undefined && 'FACEPROBE_DATA is not set' }, () => {
  for (const file of files) {
    it(`models/${file}`, async () => {
      const model = decodeModel(readFileSync(join(folder!, 'models', file)), file);
      await checkNetwork(model, 5e-3);
    });
  }
});
