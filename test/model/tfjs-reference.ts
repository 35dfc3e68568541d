import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CatalogueEntry } from '../../src/model/zoo/catalogue-entry.js';
import { fetchFiles } from '../../src/model/zoo/fetch-files.js';
import { importTfjs } from '../../src/onnx/import/tfjs/import-tfjs.js';
import { run } from '../onnx/run.js';
import { runTfjs } from '../onnx/import/tfjs-graph.js';
import { prepared, type Photograph } from './faces.js';

/** How far an element may be off, relative to the largest of its tensor. */
const tolerance = 1e-4;

/** Checks that an entry's network gives on a face what TensorFlow.js gives, output by output. */
export async function sameAsTfjsOnFace(entry: CatalogueEntry, photograph: Photograph): Promise<void> {
  const [json, ...weights] = await fetchFiles(entry);
  const shards = new Map<string, Uint8Array>();
  for (const file of weights) shards.set(basename(file), new Uint8Array(await readFile(file)));
  const files = { json: new Uint8Array(await readFile(json)), shards };
  const { data, shape } = await prepared(entry.card!.input, photograph);
  const input = [data as Float32Array<ArrayBuffer>, shape] as const;
  const expected = await runTfjs(files, input);
  const onnx = importTfjs(files.json, shards, entry.name);
  const results = await run(onnx, { [onnx.graph.inputs[0].name]: input });
  assert.equal(onnx.graph.outputs.length, expected.length);
  onnx.graph.outputs.forEach(({ name }, i) => {
    assert.deepEqual(results[name].shape, expected[i].shape, name);
    const largest = expected[i].data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    assert.ok(largest > 0, name);
    expected[i].data.forEach((value, at) => {
      const off = Math.abs(value - results[name].data[at]);
      assert.ok(off <= tolerance * largest, `${name}[${at}] is ${results[name].data[at]}, not ${value}`);
    });
  });
}
