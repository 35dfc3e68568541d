import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ssrNetValue } from '../../../src/model/prepare/ssr-net-value.js';
import { openWorkerSession } from '../../../src/model/worker-session.js';
import { encodeModel } from '../../../src/onnx/index.js';
import type { OnnxModel, ValueInfo } from '../../../src/onnx/index.js';
import type { Tensor } from '../../../src/tensor/tensor.js';

const widths: Readonly<Record<string, number>> = Object.fromEntries(
  [1, 2, 3].flatMap((stage) => [
    [`prob_stage_${stage}`, 3],
    [`index_offset_stage${stage}`, 3],
    [`stage${stage}_delta_k`, 1],
  ]),
);

/** A graph that hands the outputs of the stages through. */
function stages(): OnnxModel {
  const values: ValueInfo[] = Object.entries(widths).map(([name, width]) => ({
    name,
    elementType: 'float32',
    shape: ['batch', width],
  }));
  return {
    irVersion: 4,
    opsets: new Map([['', 9]]),
    producer: { name: 'test', version: '' },
    metadata: new Map(),
    graph: {
      name: 'stages',
      inputs: values,
      outputs: values,
      nodes: [],
      initializers: new Map(),
      valueInfo: new Map(),
    },
  };
}

/** The formula as the package writes it, over its list of 21 numbers. */
function reference(x: readonly number[], range: number): number {
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < 3; i++) {
    a += (i + x[12 + i]) * x[i];
    b += (i + x[15 + i]) * x[3 + i];
    c += (i + x[18 + i]) * x[6 + i];
  }
  a = a / (3 * (1 + x[9]));
  b = b / (3 * (1 + x[9])) / (3 * (1 + x[10]));
  c = c / (3 * (1 + x[9])) / (3 * (1 + x[10])) / (3 * (1 + x[11]));
  return (a + b + c) * range;
}

describe('ssrNetValue', () => {
  const order = [
    ...['prob_stage_1', 'prob_stage_2', 'prob_stage_3'],
    ...['stage1_delta_k', 'stage2_delta_k', 'stage3_delta_k'],
    ...['index_offset_stage1', 'index_offset_stage2', 'index_offset_stage3'],
  ];
  const rows = 5;
  let state = 7;
  const feeds: Record<string, Tensor> = {};
  for (const name of order) {
    const data = Float32Array.from({ length: rows * widths[name] }, () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647 - (name.startsWith('prob') ? 0 : 0.5);
    });
    feeds[name] = { data, shape: [rows, widths[name]] };
  }
  const expected = (row: number, range: number) =>
    reference(
      order.flatMap((name) => [...feeds[name].data.subarray(row * widths[name], (row + 1) * widths[name])]),
      range,
    );

  it("gives the package's value for every row, to float32 rounding (relative 1e-5)", async () => {
    const session = await openWorkerSession(
      encodeModel(ssrNetValue(stages(), 'age', { range: 101 })),
      'test',
      1,
    );
    const { age } = await session.run(feeds);
    await session.close();
    assert.deepEqual(age.shape, [rows, 1]);
    age.data.forEach((value, row) => {
      assert.ok(Math.abs(value - expected(row, 101)) < 1e-5 * Math.abs(expected(row, 101)), `row ${row}`);
    });
  });

  it('is cut to its range where asked', async () => {
    const model = ssrNetValue(stages(), 'value', { range: 1, limit: 0.4 });
    const session = await openWorkerSession(encodeModel(model), 'test', 1);
    const { value } = await session.run(feeds);
    await session.close();
    const whole = Array.from({ length: rows }, (_, row) => expected(row, 1));
    assert.ok(Math.max(...whole) > 0.4, 'the test needs a value beyond the limit');
    whole.forEach((number, row) => {
      assert.ok(Math.abs(value.data[row] - Math.min(0.4, Math.max(0, number))) < 1e-5);
    });
  });
});
