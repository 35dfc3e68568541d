import assert from 'node:assert/strict';
import { it } from 'node:test';
import { attribute } from '../../../src/onnx/attributes.js';
import { Constant } from '../../../src/onnx/constant.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import { inputArithmetic } from '../../../src/onnx/inspect/input-arithmetic.js';
import { outputEndings } from '../../../src/onnx/inspect/output-ending.js';
import { undifferentiable } from '../../../src/onnx/inspect/undifferentiable.js';
import { floatInfo, modelOf, tinyClassifier } from '../tiny-model.js';

function network(write: (builder: GraphBuilder, x: string) => string) {
  const builder = new GraphBuilder();
  const last = write(builder, builder.reserve('x'));
  builder.node('Identity', [last], {}, { outputs: ['y'] });
  return modelOf(
    builder.build({ inputs: [floatInfo('x', [1, 3, 4, 4])], outputs: [floatInfo('y', [1, 3])] }),
  );
}

const perChannel = (values: readonly number[]) => Constant.float32(values, [1, values.length, 1, 1]);

it('finds the normalisation inside a graph and writes it as mean and std', () => {
  const insightFace = network((builder, x) => {
    const centred = builder.node('Sub', [x, builder.constant(Constant.scalar(127.5))]);
    const scaled = builder.node('Mul', [centred, builder.constant(Constant.scalar(1 / 128))]);
    return builder.node('Relu', [scaled]);
  });
  const [found] = inputArithmetic(insightFace);
  assert.deepEqual([found.operators, found.mean], [['Sub', 'Mul'], [127.5]]);
  assert.ok(Math.abs(found.std[0] - 128) < 1e-4);

  const torchvision = network((builder, x) => {
    const unit = builder.node('Div', [x, builder.constant(Constant.scalar(255))]);
    const centred = builder.node('Sub', [unit, builder.constant(perChannel([0.5, 0.25, 0.75]))]);
    return builder.node('Div', [centred, builder.constant(perChannel([0.5, 0.25, 0.125]))]);
  });
  const [steps] = inputArithmetic(torchvision);
  for (const [i, mean] of [127.5, 63.75, 191.25].entries()) assert.ok(Math.abs(steps.mean[i] - mean) < 1e-3);
  for (const [i, std] of [127.5, 63.75, 31.875].entries()) assert.ok(Math.abs(steps.std[i] - std) < 1e-3);

  const batchNorm = network((builder, x) => {
    const parts = [[2], [1], [100], [4]].map((values) => builder.constant(Constant.float32(values)));
    return builder.node('BatchNormalization', [x, ...parts], { epsilon: attribute.float(0) });
  });
  // 2 (x - 100) / 2 + 1 = (x - 99) / 1
  assert.deepEqual(
    inputArithmetic(batchNorm).map(({ mean, std }) => [mean, std]),
    [[[99], [1]]],
  );
});

it('takes neither a mask over pixels nor a later addition for a normalisation', () => {
  const mask = network((builder, x) =>
    builder.node('Mul', [x, builder.constant(Constant.float32(new Float32Array(16).fill(2), [1, 1, 4, 4]))]),
  );
  assert.deepEqual(inputArithmetic(mask), []);
  assert.deepEqual(inputArithmetic(tinyClassifier()), []);
});

it('tells how an output ends', () => {
  const ending = (write: Parameters<typeof network>[0]) => outputEndings(network(write)).y;
  const flat = (builder: GraphBuilder, x: string) => builder.node('Flatten', [x]);
  assert.equal(
    ending((builder, x) => builder.node('Softmax', [flat(builder, x)])),
    'softmax',
  );
  assert.equal(
    ending((builder, x) => builder.node('Flatten', [builder.node('Sigmoid', [x])])),
    'sigmoid',
  );
  assert.equal(
    ending((builder, x) => builder.node('Relu', [x])),
    'other',
  );
  const byNorm = (builder: GraphBuilder, x: string) => {
    const vector = flat(builder, x);
    const length = builder.node('ReduceL2', [vector], { axes: attribute.ints([1]) });
    return builder.node('Div', [vector, builder.node('Expand', [builder.node('Clip', [length]), 'shape'])]);
  };
  assert.equal(ending(byNorm), 'unit-length');
  const bySquares = (builder: GraphBuilder, x: string) => {
    const vector = flat(builder, x);
    const squares = builder.node('ReduceSum', [builder.node('Mul', [vector, vector])]);
    return builder.node('Mul', [vector, builder.node('Reciprocal', [builder.node('Sqrt', [squares])])]);
  };
  assert.equal(ending(bySquares), 'unit-length');
  const byAnother = (builder: GraphBuilder, x: string) =>
    builder.node('Div', [flat(builder, x), builder.node('ReduceL2', [x])]);
  assert.equal(ending(byAnother), 'other');
});

it('says why an output has no gradient', () => {
  assert.equal(undifferentiable(tinyClassifier(), 'y', 'x'), undefined);
  const odd = network((builder, x) => builder.node('NonZeroish', [builder.node('Flatten', [x])]));
  assert.match(undifferentiable(odd, 'y', 'x') ?? '', /no rule for NonZeroish \(1\)/);
});
