import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  attribute,
  Constant,
  gradient,
  GraphBuilder,
  gradientName,
  rewrite,
  seedName,
  type Attributes,
} from '../../../src/onnx/index.js';
import { run } from '../run.js';
import { floatInfo, modelOf } from '../tiny-model.js';

const { float, ints } = attribute;

interface Corner {
  readonly opType: string;
  readonly x: readonly number[];
  /** The gradient that a seed of ones gives. */
  readonly expected: readonly number[];
  readonly shape?: readonly number[];
  readonly attributes?: Attributes;
  readonly rest?: readonly Constant[];
}

const scalar = (value: number) => Constant.float32([value], []);

/** The table of conventions in docs/gradient.md, one by one. */
const corners: readonly Corner[] = [
  { opType: 'Relu', x: [-1, 0, 1], expected: [0, 0, 1] },
  { opType: 'LeakyRelu', x: [-1, 0, 1], attributes: { alpha: float(0.25) }, expected: [0.25, 1, 1] },
  { opType: 'PRelu', x: [-1, 0, 1], rest: [Constant.float32([0.25])], expected: [0.25, 1, 1] },
  {
    opType: 'PRelu',
    x: [-1, 0, 1],
    shape: [1, 1, 1, 3],
    rest: [Constant.float32([0.25], [1, 1, 1])],
    expected: [0.25, 1, 1],
  },
  { opType: 'Clip', x: [-1, 0, 3, 6, 7], rest: [scalar(0), scalar(6)], expected: [0, 0, 1, 0, 0] },
  {
    opType: 'Clip',
    x: [-1, 0, 3, 6, 7],
    shape: [1, 1, 1, 5],
    rest: [scalar(0), scalar(6)],
    expected: [0, 0, 1, 0, 0],
  },
  { opType: 'HardSigmoid', x: [-2, 0, 2], attributes: { alpha: float(0.25) }, expected: [0, 0.25, 0] },
  { opType: 'HardSwish', x: [-4, -3, 3, 4], expected: [0, -0.5, 1.5, 1] },
  { opType: 'Elu', x: [0], attributes: { alpha: float(0.5) }, expected: [0.5] },
  { opType: 'Celu', x: [0], expected: [1] },
  { opType: 'Abs', x: [-2, 0, 2], expected: [-1, 0, 1] },
  { opType: 'ReduceL1', x: [-2, 0, 2], expected: [-1, 0, 1] },
  { opType: 'ReduceL2', x: [0, 0], expected: [0, 0] },
  { opType: 'LpNormalization', x: [0, 0], expected: [0, 0] },
  { opType: 'ReduceMax', x: [2, 1, 2], expected: [0.5, 0, 0.5] },
  { opType: 'ReduceMin', x: [1, 1, 2], expected: [0.5, 0.5, 0] },
  { opType: 'Max', x: [0, 1, 2], rest: [Constant.float32([1], [1, 1])], expected: [0, 0.5, 1] },
  { opType: 'Min', x: [0, 1, 2], rest: [Constant.float32([1], [1, 1])], expected: [1, 0.5, 0] },
  {
    opType: 'MaxPool',
    x: [1, 3, 3, 2],
    shape: [1, 1, 2, 2],
    attributes: { kernel_shape: ints([2, 2]) },
    expected: [0, 1, 0, 0],
  },
  { opType: 'GlobalMaxPool', x: [1, 3, 3, 2], shape: [1, 1, 2, 2], expected: [0, 1, 0, 0] },
  { opType: 'Pow', x: [-1, 0, 2], rest: [scalar(2)], expected: [-2, 0, 4] },
];

describe('gradients at corners', () => {
  for (const { opType, x, expected, shape = [1, x.length], attributes = {}, rest = [] } of corners) {
    it(`${opType} of [${x.join(', ')}] with shape [${shape.join(', ')}]`, async () => {
      const builder = new GraphBuilder();
      const inputs = [builder.reserve('x'), ...rest.map((constant) => builder.constant(constant))];
      builder.node(opType, inputs, attributes, { outputs: ['y'] });
      const model = modelOf(
        builder.build({ inputs: [floatInfo('x', shape)], outputs: [floatInfo('y', undefined)] }),
        18,
      );
      const differentiated = gradient(model, { of: 'y', wrt: 'x' });
      const feeds = { x: [Float32Array.from(x), shape] as const };
      const { shape: outputShape, data } = (await run(model, feeds)).y;
      for (const each of [differentiated, rewrite(differentiated)]) {
        const seed = [new Float32Array(data.length).fill(1), outputShape] as const;
        const results = await run(each, { ...feeds, [seedName('y')]: seed });
        assert.deepEqual(
          Array.from(results[gradientName('x')].data, (value) => value + 0),
          expected,
        );
      }
    });
  }

  it('Round, and what compares, let nothing through', () => {
    const builder = new GraphBuilder();
    builder.node('Round', [builder.reserve('x')], {}, { outputs: ['y'] });
    const model = modelOf(
      builder.build({ inputs: [floatInfo('x', [1, 2])], outputs: [floatInfo('y', [1, 2])] }),
    );
    assert.throws(
      () => gradient(model, { of: 'y', wrt: 'x' }),
      /does not depend on "x" in a way that has a derivative/,
    );
  });

  it('Cast goes back to the type it came from', async () => {
    const builder = new GraphBuilder();
    const double = builder.node('Cast', [builder.reserve('x')], { to: attribute.int(11) });
    const squared = builder.node('Mul', [double, double]);
    builder.node('Cast', [squared], { to: attribute.int(1) }, { outputs: ['y'] });
    const model = modelOf(
      builder.build({ inputs: [floatInfo('x', [1, 2])], outputs: [floatInfo('y', [1, 2])] }),
    );
    const results = await run(gradient(model, { of: 'y', wrt: 'x' }), {
      x: [Float32Array.of(3, -2), [1, 2]],
      [seedName('y')]: [Float32Array.of(1, 2), [1, 2]],
    });
    assert.deepEqual([...results[gradientName('x')].data], [6, -8]);
  });
});
