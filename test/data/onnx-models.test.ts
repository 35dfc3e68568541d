import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeModel } from '../../src/onnx/codec/decode-model.js';
import { makeBatchDynamic } from '../../src/onnx/edit/make-batch-dynamic.js';
import { rowsOfBatchEqualSingleRuns } from '../onnx/batch-check.js';
import { noise, run } from '../onnx/run.js';
import { inferredShapesAreThoseOfARun } from '../onnx/shape-check.js';

const folder = process.env.FACEPROBE_DATA;

/** With the largest difference, relative to the largest output, between a file and what is written back. */
const files: Record<string, number> = {
  'aenet/aenet-topology-random.onnx': 0,
  // It lists its weights as inputs, so ONNX Runtime may not fold its batch normalisations; rounding differs.
  'detectors/ultraface_RFB-320.onnx': 1e-6,
  'detectors/yunet_n_640_640.onnx': 0,
  'minifas128/minifas128.onnx': 0,
  'minifasnet/2.7_80x80_MiniFASNetV2.onnx': 0,
  'minifasnet/4_0_0_80x80_MiniFASNetV1SE.onnx': 0,
  'mobilefacenet/MobileFaceNet.onnx': 0,
};

for (const [file, tolerance] of Object.entries(files)) {
  describe(`models/${file}`, { skip: folder === undefined && 'FACEPROBE_DATA is not set' }, () => {
    const read = () => {
      const bytes = new Uint8Array(readFileSync(join(folder!, 'models', file)));
      const model = decodeModel(bytes, file);
      const [{ name, shape }] = model.graph.inputs;
      return { bytes, model, name, shape: shape!.map((axis) => (typeof axis === 'number' ? axis : 1)) };
    };

    it('computes the same after decoding and encoding', async () => {
      const { bytes, model, name, shape } = read();
      const feeds = { [name]: [noise(shape.reduce((a, b) => a * b)), shape] as const };
      const expected = await run(bytes, feeds);
      for (const [output, { data }] of Object.entries(await run(model, feeds))) {
        const largest = data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
        data.forEach((value, i) => {
          const off = Math.abs(value - expected[output].data[i]);
          assert.ok(off <= tolerance * largest, `${output}[${i}] is off by ${off}`);
        });
      }
    });

    it('takes batches', async () => {
      const { bytes, model } = read();
      await rowsOfBatchEqualSingleRuns(bytes, makeBatchDynamic(model, file), 1e-6);
    });

    it('has the inferred shapes at batch 2', async () => {
      const { model, name, shape } = read();
      await inferredShapesAreThoseOfARun(makeBatchDynamic(model), { [name]: shape.with(0, 2) });
    });
  });
}
