import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attribute } from '../../../src/onnx/attributes.js';
import { Constant } from '../../../src/onnx/constant.js';
import { makeBatchDynamic } from '../../../src/onnx/edit/make-batch-dynamic.js';
import type { OnnxModel } from '../../../src/onnx/graph.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import { Problem } from '../../../src/problem.js';
import { noise, run } from '../run.js';
import { rowsOfBatchEqualSingleRuns } from '../batch-check.js';
import { floatInfo, modelOf, tinyClassifier } from '../tiny-model.js';

type Body = (builder: GraphBuilder, x: string) => string;

/** A model of one input [1, ...] and one output, of which the body writes the nodes. */
function model(inputShape: readonly number[], body: Body, opset = 17): OnnxModel {
  const builder = new GraphBuilder();
  const y = body(builder, builder.reserve('x'));
  return modelOf(
    builder.build({ inputs: [floatInfo('x', inputShape)], outputs: [floatInfo(y, undefined)] }),
    opset,
  );
}

const shape = (builder: GraphBuilder, ...sizes: number[]) => builder.constant(Constant.int64(sizes));

const works: Record<string, OnnxModel> = {
  'a classifier': tinyClassifier(),
  'Reshape to [1, -1]': model([1, 2, 3, 4], (b, x) => b.node('Reshape', [x, shape(b, 1, -1)])),
  'Reshape to [1, C, H, W]': model([1, 2, 3, 4], (b, x) => b.node('Reshape', [x, shape(b, 1, 4, 3, 2)])),
  'Reshape with a zero': model([1, 2, 3, 4], (b, x) => b.node('Reshape', [x, shape(b, 0, 2, -1)])),
  'Reshape that folds the batch into the rows and back': model([1, 2, 3, 4], (b, x) => {
    const rows = b.node('Reshape', [x, shape(b, 6, 4)]);
    const weights = b.constant(Constant.float32([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]));
    return b.node('Reshape', [b.node('MatMul', [rows, weights]), shape(b, 1, 12)]);
  }),
  'Reshape of a transposed batch': model([1, 6], (b, x) => {
    const columns = b.node('Transpose', [x], { perm: attribute.ints([1, 0]) });
    const split = b.node('Reshape', [columns, shape(b, 2, 3, 1)]);
    return b.node('Transpose', [split], { perm: attribute.ints([2, 0, 1]) });
  }),
  'channel shuffle': model([1, 4, 2, 2], (b, x) => {
    const groups = b.node('Reshape', [x, shape(b, 1, 2, 2, 2, 2)]);
    const swapped = b.node('Transpose', [groups], { perm: attribute.ints([0, 2, 1, 3, 4]) });
    return b.node('Reshape', [swapped, shape(b, 1, -1, 2, 2)]);
  }),
  'a target computed from Shape': model([1, 2, 3], (b, x) => {
    const zero = b.constant(Constant.int64([0]));
    const first = b.node('Gather', [b.node('Shape', [x]), zero]);
    return b.node('Reshape', [x, b.node('Concat', [first, shape(b, 3, 2)], { axis: attribute.int(0) })]);
  }),
  'Squeeze without axes': model([1, 3, 1, 1], (b, x) => b.node('Squeeze', [x])),
  'Squeeze without axes in opset 9': model([1, 3, 1, 1], (b, x) => b.node('Squeeze', [x]), 9),
  'Resize with baked sizes': model([1, 1, 2, 2], (b, x) =>
    b.node('Resize', [x, '', '', shape(b, 1, 1, 4, 3)], { mode: attribute.string('linear') }),
  ),
  'Concat with a class token': model([1, 2, 3], (b, x) =>
    b.node('Concat', [b.constant(Constant.float32([7, 8, 9], [1, 1, 3])), x], { axis: attribute.int(1) }),
  ),
  'boxes decoded with priors': model([1, 4, 4], (b, x) => {
    const axis = attribute.int(2);
    const ranges = (from: number, to: number) => [shape(b, from), shape(b, to), shape(b, 2)];
    const priors = b.constant(Constant.float32([1, 2, 3, 4, 5, 6, 7, 8], [1, 4, 2]));
    const centre = b.node('Add', [b.node('Slice', [x, ...ranges(0, 2)]), priors]);
    const size = b.node('Exp', [b.node('Slice', [x, ...ranges(2, 2 ** 63)])]);
    return b.node('Concat', [b.node('Sub', [centre, size]), b.node('Add', [centre, size])], { axis });
  }),
};

/** Exported for two rows at once. */
const pair = (body: Body) => model([2, 3, 4], body);
const pairs: Record<string, OnnxModel> = {
  'Reshape to [2, n]': pair((b, x) => b.node('Reshape', [x, shape(b, 2, 12)])),
  'Reshape to [2n, k] and back': pair((b, x) => {
    const rows = b.node('Relu', [b.node('Reshape', [x, shape(b, 6, 4)])]);
    return b.node('Reshape', [rows, shape(b, 2, 2, 6)]);
  }),
};

const axis0 = { axis: attribute.int(0) };

const refused: Record<string, [OnnxModel, RegExp]> = {
  'softmax over the batch': [
    model([1, 3], (b, x) => b.node('Softmax', [x], axis0)),
    /Softmax.*mixes the rows/,
  ],
  'the mean of everything': [
    model([1, 3], (b, x) => b.node('ReduceMean', [x])),
    /ReduceMean.*mixes the rows/,
  ],
  'a matrix product over the batch': [
    model([1, 3], (b, x) => b.node('MatMul', [b.node('Transpose', [x]), x])),
    /MatMul.*mixes the rows/,
  ],
  'the first row only': [
    model([1, 3], (b, x) => b.node('Gather', [x, b.constant(Constant.scalar(0, 'int64'))], axis0)),
    /Gather.*mixes the rows/,
  ],
  'a squeezed batch': [
    model([1, 3], (b, x) => b.node('Squeeze', [x, shape(b, 0)])),
    /Squeeze.*no batch axis/,
  ],
  'a transposed batch flattened away': [
    model([1, 6], (b, x) => b.node('Flatten', [b.node('Transpose', [x])], axis0)),
    /Flatten.*reshapes over the batch axis/,
  ],
  'a row against every other row': [
    model([1, 3], (b, x) => {
      const sums = b.node('ReduceSum', [x, shape(b, 1)]);
      return b.node('Sub', [sums, b.node('Transpose', [sums])]);
    }),
    /Sub.*mixes the rows/,
  ],
  'rows that meet another axis': [
    model([1, 3], (b, x) => b.node('Add', [b.node('ReduceSum', [x, shape(b, 1)]), b.node('Transpose', [x])])),
    /Add.*mixes the rows/,
  ],
  'rows joined': [model([1, 3], (b, x) => b.node('Concat', [x, x], axis0)), /Concat.*mixes the rows/],
  'an output without a batch axis': [
    model([1, 3], (b, x) => b.node('Reshape', [x, shape(b, 3)])),
    /output "Reshape" has no batch axis/,
  ],
  'an unknown operator': [
    model([1, 3], (b, x) => b.node('Secret', [x], {}, { domain: 'my.domain' })),
    /not known whether Secret/,
  ],
  'a different constant for each row': [
    model([2, 3], (b, x) => b.node('Add', [x, b.constant(Constant.float32([1, 2, 3, 4, 5, 6], [2, 3]))])),
    /Add.*mixes the rows/,
  ],
};

describe('makeBatchDynamic', () => {
  for (const [what, single] of Object.entries(works)) {
    it(`gives every row of a batch its own result: ${what}`, async () => {
      const dynamic = makeBatchDynamic(single);
      assert.equal(dynamic.graph.inputs[0].shape![0], 'batch');
      assert.equal(dynamic.graph.outputs[0].shape![0], 'batch');
      await rowsOfBatchEqualSingleRuns(single, dynamic, 1e-6);
    });
  }

  for (const [what, model] of Object.entries(pairs)) {
    it(`frees a batch of two: ${what}`, async () => {
      const dynamic = makeBatchDynamic(model);
      const x = noise(36);
      const three = (await run(dynamic, { x: [x, [3, 3, 4]] }))[dynamic.graph.outputs[0].name];
      const two = (await run(model, { x: [x.subarray(0, 24), [2, 3, 4]] }))[dynamic.graph.outputs[0].name];
      assert.deepEqual(three.data.subarray(0, two.data.length), two.data);
      assert.deepEqual(three.shape, two.shape.with(0, 3));
    });
  }

  for (const [what, [single, why]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => makeBatchDynamic(single, 'model.onnx'),
        (error) => error instanceof Problem && error.what === 'model.onnx' && why.test(error.message),
      );
    });
  }

  it('leaves the given model as it was', () => {
    const single = works['Reshape to [1, -1]'];
    const before = structuredClone(single.graph.nodes);
    makeBatchDynamic(single);
    assert.deepEqual(single.graph.nodes, before);
    assert.deepEqual(single.graph.inputs[0].shape, [1, 2, 3, 4]);
  });
});
