import { describe, it } from 'node:test';
import { attribute } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, distinctNumbers, numbers } from '../check-operator.js';

const random = new RandomState(6);
const { int, ints, string } = attribute;
const pick = <T>(...choices: readonly T[]): T => choices[Math.floor(random.random() * choices.length)];
const draw = <T>(count: number, choice: () => T): T[] => Array.from({ length: count }, choice);

function randomWindow(axes: number) {
  const kernel = draw(axes, () => pick(2, 3));
  const autoPad = pick('NOTSET', 'NOTSET', 'NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID');
  return {
    size: kernel.map((k) => k + 2 + Math.floor(random.random() * 4)),
    attributes: {
      kernel_shape: ints(kernel),
      // Where a stride is longer than its kernel, ONNX Runtime pads SAME by a negative length.
      strides: ints(kernel.map((k) => pick(1, 2, autoPad === 'NOTSET' ? 3 : k))),
      ...(autoPad === 'NOTSET'
        ? { pads: ints(draw(2 * axes, () => pick(0, 1))), ceil_mode: int(pick(0, 1)) }
        : { auto_pad: string(autoPad) }),
    },
  };
}

describe('rules of pooling', () => {
  it('MaxPool', async () => {
    for (let i = 0; i < 20; i++) {
      const { size, attributes } = randomWindow(pick(1, 2, 2));
      const x = distinctNumbers(random, [1, 2, ...size]);
      await checkOperator({ opType: 'MaxPool', inputs: [x], attributes, seeds: true }, random);
    }
  });

  it('MaxPool of several images', () =>
    checkOperator(
      {
        opType: 'MaxPool',
        inputs: [distinctNumbers(random, [3, 2, 5, 5])],
        attributes: { kernel_shape: ints([3, 3]), strides: ints([2, 2]), dilations: ints([1, 2]) },
      },
      random,
    ));

  it('AveragePool', async () => {
    for (let i = 0; i < 30; i++) {
      const { size, attributes } = randomWindow(pick(1, 2, 2, 3));
      const x = numbers(random, [1, 2, ...size]);
      const all = { ...attributes, count_include_pad: int(pick(0, 1)) };
      await checkOperator({ opType: 'AveragePool', inputs: [x], attributes: all, seeds: true }, random);
    }
  });

  it('AveragePool with dilation', () =>
    checkOperator(
      {
        opType: 'AveragePool',
        inputs: [numbers(random, [2, 2, 7, 6])],
        attributes: { kernel_shape: ints([3, 2]), dilations: ints([2, 1]), strides: ints([1, 2]) },
        opset: 19,
      },
      random,
    ));

  it('GlobalAveragePool and GlobalMaxPool', async () => {
    for (const opType of ['GlobalAveragePool', 'GlobalMaxPool']) {
      for (const size of [[4], [3, 4], [2, 3, 2]]) {
        const x = distinctNumbers(random, [1, 3, ...size]);
        await checkOperator({ opType, inputs: [x], seeds: true }, random);
      }
    }
  });
});
