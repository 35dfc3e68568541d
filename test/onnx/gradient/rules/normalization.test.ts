import { describe, it } from 'node:test';
import { attribute } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, numbers } from '../check-operator.js';

const random = new RandomState(7);
const { float, int } = attribute;

describe('rules of normalisations', () => {
  it('BatchNormalization, by its parameters too', async () => {
    for (const size of [[], [4], [2, 3]]) {
      const positive = { low: 0.5, high: 2 };
      const parameters = [{}, {}, {}, positive].map((range) => numbers(random, [3], range));
      const inputs = [numbers(random, [2, 3, ...size]), ...parameters];
      await checkOperator(
        { opType: 'BatchNormalization', inputs, attributes: { epsilon: float(0.01) } },
        random,
      );
    }
  });

  it('BatchNormalization of one image with several seeds', () =>
    checkOperator(
      {
        opType: 'BatchNormalization',
        inputs: [
          numbers(random, [1, 3, 2, 2]),
          ...[-2, -2, -2, 0.5].map((low) => numbers(random, [3], { low, fixed: true })),
        ],
        seeds: true,
      },
      random,
    ));

  it('InstanceNormalization', async () => {
    for (const size of [[5], [2, 3]]) {
      const inputs = [numbers(random, [1, 3, ...size]), numbers(random, [3]), numbers(random, [3])];
      await checkOperator({ opType: 'InstanceNormalization', inputs, seeds: true }, random);
    }
  });

  it('LayerNormalization', async () => {
    for (const axis of [-1, 2, 1]) {
      const shape = [1, 3, 4];
      const parameters = shape.slice(axis);
      const inputs = [numbers(random, shape), numbers(random, parameters), numbers(random, parameters)];
      const attributes = { axis: int(axis), epsilon: float(0.001) };
      await checkOperator({ opType: 'LayerNormalization', inputs, attributes, seeds: true }, random);
      await checkOperator({ opType: 'LayerNormalization', inputs: inputs.slice(0, 2), attributes }, random);
    }
  });

  it('LpNormalization', async () => {
    for (const p of [1, 2]) {
      for (const axis of [-1, 1]) {
        const inputs = [numbers(random, [1, 3, 4], { kinks: [0] })];
        const attributes = { p: int(p), axis: int(axis) };
        await checkOperator({ opType: 'LpNormalization', inputs, attributes, seeds: true }, random);
      }
    }
  });

  it('Softmax and LogSoftmax', async () => {
    for (const opType of ['Softmax', 'LogSoftmax']) {
      for (const axis of [-1, 1]) {
        const inputs = [numbers(random, [1, 3, 4])];
        await checkOperator({ opType, inputs, attributes: { axis: int(axis) }, seeds: true }, random);
      }
    }
  });
});
