import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { importKeras } from '../../src/onnx/import/keras/import-keras.js';
import { noise, run } from '../onnx/run.js';

const data = process.env.FACEPROBE_DATA;

/** Worked out in numpy by test/fixtures/onnx/make-keras-reference.py, for noise(64 * 64). */
const references = {
  'gender_mini_XCEPTION.21-0.95.hdf5': [0.05268294073287416, 0.9473170592671258],
  'fer2013_mini_XCEPTION.102-0.66.hdf5': [
    0.09148865631067765, 9.281628478609221e-9, 0.019403536811028178, 0.511938420824276, 0.3702671568696894,
    0.0010988292933638186, 0.005803390609336444,
  ],
};

describe(
  'Keras files give what numpy works out (1e-5)',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    for (const [file, expected] of Object.entries(references)) {
      it(file, async () => {
        const bytes = await readFile(join(data!, 'models/mini-xception-gender', file));
        const model = await importKeras(new Uint8Array(bytes), file);
        const results = await run(model, { [model.graph.inputs[0].name]: [noise(64 * 64), [1, 64, 64, 1]] });
        const probabilities = results[model.graph.outputs[0].name].data;
        assert.equal(probabilities.length, expected.length);
        expected.forEach((value, i) => assert.ok(Math.abs(value - probabilities[i]) < 1e-5));
      });
    }
  },
);
