import assert from 'node:assert/strict';
import { it } from 'node:test';
import { classOrder } from '../../../src/model/doctor/class-order.js';
import { RandomState } from '../../../src/tensor/random.js';

it('finds the assignment with the largest sum, as trying all of them does', () => {
  const random = new RandomState(4);
  for (const [labels, outputs] of [
    [2, 2],
    [3, 3],
    [3, 5],
  ]) {
    const gains = Array.from({ length: labels }, () =>
      Array.from({ length: outputs }, () => random.random()),
    );
    const total = (order: readonly number[]) => order.reduce((sum, output, at) => sum + gains[at][output], 0);
    const all: number[][] = [];
    const extend = (order: number[]) => {
      if (order.length === labels) all.push(order);
      else for (let i = 0; i < outputs; i++) if (!order.includes(i)) extend([...order, i]);
    };
    extend([]);
    const best = Math.max(...all.map(total));
    assert.ok(Math.abs(total(classOrder(gains)) - best) < 1e-12);
  }
});

it('gives up an own best output where the sum gains by it', () => {
  assert.deepEqual(
    classOrder([
      [0.9, 0.8],
      [0.9, 0.1],
    ]),
    [1, 0],
  );
  assert.throws(() => classOrder([[1], [1]]), RangeError);
});
