import { describe, it } from 'node:test';
import { Constant } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, distinctNumbers, numbers } from '../check-operator.js';

const random = new RandomState(3);

/** Pairs of shapes that broadcast in every way: lifted axes, repeated axes, scalars. */
const shapes: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [2, 3],
    [2, 1],
  ],
  [[2, 3], []],
  [
    [1, 3, 1],
    [2, 1, 4],
  ],
  [[4], [2, 3, 1]],
  [
    [1, 2, 3],
    [1, 2, 3],
  ],
];

describe('rules of arithmetic with broadcasting', () => {
  for (const opType of ['Add', 'Sub', 'Mul', 'Div', 'Pow']) {
    it(opType, async () => {
      for (const [a, b] of shapes) {
        const low = opType === 'Div' || opType === 'Pow' ? 0.5 : -2;
        const inputs = [numbers(random, a, { low }), numbers(random, b, { low })];
        await checkOperator(
          { opType, inputs, seeds: a[0] === 1 && a.length === b.length && b[0] === 1 },
          random,
        );
      }
    });
  }

  it('Pow of negative numbers with a constant integer exponent', async () => {
    for (const exponent of [2, 3]) {
      const x = numbers(random, [2, 3]);
      for (const power of [Constant.float32([exponent], []), Constant.int64([exponent], [])]) {
        await checkOperator({ opType: 'Pow', inputs: [x, power] }, random);
      }
    }
  });

  for (const opType of ['Sum', 'Mean', 'Min', 'Max']) {
    it(opType, async () => {
      for (const group of [[[2, 3]], ...shapes, [[2, 3], [3], [2, 1]]]) {
        const all = distinctNumbers(random, [group.length * 24]).values;
        let taken = 0;
        const inputs = group.map((shape) => {
          const count = shape.reduce((a, b) => a * b, 1);
          taken += count;
          return { shape, values: all.slice(taken - count, taken) };
        });
        await checkOperator({ opType, inputs }, random);
      }
    });
  }
});
