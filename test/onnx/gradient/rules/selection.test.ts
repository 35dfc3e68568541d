import { describe, it } from 'node:test';
import { attribute, Constant } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, numbers } from '../check-operator.js';

const random = new RandomState(10);
const { int, string } = attribute;
const int64 = (...values: number[]) => Constant.int64(values);

describe('rules of selection', () => {
  it('Concat', async () => {
    for (const axis of [1, -1]) {
      const shapes =
        axis === 1
          ? [
              [1, 2, 3],
              [1, 1, 3],
              [1, 4, 3],
            ]
          : [
              [1, 2, 3],
              [1, 2, 1],
            ];
      const inputs = shapes.map((shape) => numbers(random, shape));
      await checkOperator({ opType: 'Concat', inputs, attributes: { axis: int(axis) }, seeds: true }, random);
    }
  });

  it('Split, all parts and some', async () => {
    for (const of of [[0, 1, 2], [1], [0, 2]]) {
      const inputs = [numbers(random, [1, 6, 2]), int64(1, 2, 3)];
      await checkOperator(
        { opType: 'Split', inputs, attributes: { axis: int(1) }, outputs: 3, of, seeds: true },
        random,
      );
    }
  });

  it('Slice', async () => {
    const cases = [
      [int64(1), int64(3), int64(1)],
      [int64(1, 0), int64(-1, 1000), int64(1, 2)],
      [int64(0, 1, 0), int64(1, 4, 3)],
      [int64(0), int64(1000), int64(1), int64(2)],
      [int64(-1), int64(-1000), int64(2), int64(-1)],
      [int64(4, 0), int64(0, 3), int64(1, -1), int64(-2, 2)],
    ];
    for (const rest of cases) {
      await checkOperator(
        { opType: 'Slice', inputs: [numbers(random, [1, 5, 4]), ...rest], seeds: true },
        random,
      );
    }
  });

  it('Gather', async () => {
    const indices = [Constant.int64([2], []), int64(0, 2, 2, -1), Constant.int64([0, 1, 1, 3, 2, 0], [2, 3])];
    for (const each of indices) {
      for (const axis of [1, -1]) {
        const inputs = [numbers(random, [1, 4, 5]), each];
        await checkOperator(
          { opType: 'Gather', inputs, attributes: { axis: int(axis) }, seeds: true },
          random,
        );
      }
    }
  });

  it('GatherElements', () =>
    checkOperator(
      {
        opType: 'GatherElements',
        inputs: [numbers(random, [1, 3, 4]), Constant.int64([0, 2, 2, 1, 0, 0], [1, 2, 3])],
        attributes: { axis: int(1) },
        seeds: true,
      },
      random,
    ));

  it('Pad', async () => {
    for (const mode of ['constant', 'reflect', 'edge']) {
      for (const pads of [
        [0, 0, 1, 2, 0, 0, 2, 1],
        [0, 0, -1, 2, 0, 0, 1, -1],
      ]) {
        if (mode !== 'constant' && pads.includes(-1)) continue;
        const inputs = [numbers(random, [1, 2, 4, 3]), int64(...pads)];
        await checkOperator(
          { opType: 'Pad', inputs, attributes: { mode: string(mode) }, seeds: true },
          random,
        );
      }
    }
    const inputs = [numbers(random, [1, 2, 4]), int64(1, 2), undefined, int64(-1)];
    await checkOperator({ opType: 'Pad', inputs, seeds: true }, random);
  });

  it('Where', async () => {
    const condition = Constant.from('bool', Uint8Array.of(1, 0, 0, 1, 1, 0), [1, 2, 3]);
    for (const [a, b] of [
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      [[3], [1, 2, 1]],
    ]) {
      const inputs = [condition, numbers(random, a), numbers(random, b)];
      await checkOperator({ opType: 'Where', inputs }, random);
    }
  });
});
