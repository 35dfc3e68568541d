import { describe, it } from 'node:test';
import { attribute, Constant } from '../../../../src/onnx/index.js';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, distinctNumbers, numbers } from '../check-operator.js';

const random = new RandomState(4);

const operators = {
  ReduceSum: {},
  ReduceMean: {},
  ReduceMax: { distinct: true },
  ReduceMin: { distinct: true },
  ReduceL1: { kinks: [0] },
  ReduceL2: {},
  ReduceSumSquare: {},
  ReduceLogSum: { low: 0.5 },
  ReduceLogSumExp: {},
};

describe('rules of reductions', () => {
  for (const [opType, { distinct = false, ...range }] of Object.entries<{
    distinct?: boolean;
    kinks?: number[];
    low?: number;
  }>(operators)) {
    it(opType, async () => {
      for (const axes of [undefined, [2], [-1, 1], [1]]) {
        for (const keepdims of [0, 1]) {
          const shape = [1, 3, 4];
          const x = distinct ? distinctNumbers(random, shape) : numbers(random, shape, range);
          const inputs = axes === undefined ? [x] : [x, Constant.int64(axes)];
          const attributes = { keepdims: attribute.int(keepdims) };
          await checkOperator({ opType, inputs, attributes, seeds: axes !== undefined }, random);
        }
      }
    });
  }

  it('reduces nothing where empty axes say so', () =>
    checkOperator(
      {
        opType: 'ReduceSum',
        inputs: [numbers(random, [2, 3]), Constant.int64([])],
        attributes: { noop_with_empty_axes: attribute.int(1) },
      },
      random,
    ));
});
