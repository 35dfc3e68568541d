import { describe, it } from 'node:test';
import { attribute, Constant } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, numbers, type OperatorCase } from '../check-operator.js';

const random = new RandomState(1);
const { float, string } = attribute;

/** Attributes to try, and the places where there is no derivative. */
const functions: Record<
  string,
  { attributes?: OperatorCase['attributes'][]; kinks?: readonly number[]; opset?: number }
> = {
  Relu: { kinks: [0] },
  LeakyRelu: { kinks: [0], attributes: [{}, { alpha: float(0.3) }] },
  ThresholdedRelu: { kinks: [0.5], attributes: [{ alpha: float(0.5) }] },
  Sigmoid: {},
  Tanh: {},
  HardSigmoid: { kinks: [-2.5, 2.5, -1.2, 0.8], attributes: [{}, { alpha: float(0.5), beta: float(0.6) }] },
  HardSwish: { kinks: [-3, 3] },
  Elu: { kinks: [0], attributes: [{}, { alpha: float(0.7) }] },
  Celu: { kinks: [0], attributes: [{}, { alpha: float(0.7) }] },
  Selu: { kinks: [0], attributes: [{}, { alpha: float(1.2), gamma: float(0.9) }] },
  Softplus: {},
  Softsign: {},
  Mish: {},
  Gelu: { attributes: [{}, { approximate: string('tanh') }], opset: 20 },
};

describe('rules of activation functions', () => {
  for (const [opType, { attributes = [{}], kinks = [], opset = 18 }] of Object.entries(functions)) {
    it(opType, async () => {
      for (const each of attributes) {
        const x = numbers(random, [1, 3, 5], { low: -4, high: 4, kinks });
        await checkOperator({ opType, inputs: [x], attributes: each!, opset, seeds: true }, random);
      }
    });
  }

  it('PRelu', async () => {
    for (const slope of [[3, 1, 1], [1], [3, 2, 2], [2]]) {
      const x = numbers(random, [1, 3, 2, 2], { kinks: [0] });
      await checkOperator({ opType: 'PRelu', inputs: [x, numbers(random, slope)], seeds: true }, random);
    }
  });

  it('Clip', async () => {
    const [low, high] = [Constant.float32([-1], []), Constant.float32([0.5], [])];
    for (const bounds of [[], [low], [undefined, high], [low, high]]) {
      const x = numbers(random, [1, 3, 5], { kinks: [-1, 0.5] });
      await checkOperator({ opType: 'Clip', inputs: [x, ...bounds], seeds: true }, random);
    }
  });
});
