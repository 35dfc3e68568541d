import assert from 'node:assert/strict';
import type { OnnxModel } from '../../src/onnx/graph.js';
import { noise, run, runEach } from './run.js';

/**
 * Runs three different rows at once and one by one; the outputs must agree to `tolerance` times their largest magnitude
 * (ONNX Runtime sums in another order for another number of rows). `single` may be the model before the edit, or its
 * file.
 */
export async function rowsOfBatchEqualSingleRuns(
  single: OnnxModel | Uint8Array,
  dynamic: OnnxModel,
  tolerance: number,
): Promise<void> {
  const { name, shape } = dynamic.graph.inputs[0];
  const row = shape!.map((axis, i) => (i === 0 ? 1 : (axis as number)));
  const length = row.reduce((a, b) => a * b, 1);
  const x = noise(3 * length, 7);
  const together = await run(dynamic, { [name]: [x, row.with(0, 3)] });
  const rows = [0, 1, 2].map((k) => ({ [name]: [x.subarray(k * length, (k + 1) * length), row] as const }));
  for (const [k, alone] of (await runEach(single, rows)).entries()) {
    const largest = Math.max(...Object.values(alone).map(({ data }) => largestOf(data)));
    for (const [output, { data }] of Object.entries(alone)) {
      const all = together[output];
      assert.equal(all.shape[0], 3, output);
      assert.equal(all.data.length, 3 * data.length, output);
      const off = largestOf(data.map((value, i) => value - all.data[k * data.length + i]));
      assert.ok(off <= tolerance * largest, `${output}, row ${k}: off by ${off} of ${largest}`);
    }
  }
}

function largestOf(values: Float32Array): number {
  return values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}
