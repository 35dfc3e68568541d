import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attribute as a } from '../../../src/onnx/attributes.js';
import { Constant } from '../../../src/onnx/constant.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import type { Dimension, OnnxModel } from '../../../src/onnx/graph.js';
import { inferShapes } from '../../../src/onnx/shape/infer-shapes.js';
import { inferredShapesAreThoseOfARun } from '../shape-check.js';
import { floatInfo, modelOf } from '../tiny-model.js';

type Body = (b: GraphBuilder, x: string) => string;

function model(shape: readonly Dimension[], body: Body, opset = 17): OnnxModel {
  const builder = new GraphBuilder();
  const y = body(builder, builder.reserve('x'));
  return modelOf(
    builder.build({
      inputs: [floatInfo('x', shape)],
      outputs: [{ name: y, elementType: undefined, shape: undefined }],
    }),
    opset,
  );
}

const int64s = (b: GraphBuilder, ...values: number[]) => b.constant(Constant.int64(values));
const weights = (b: GraphBuilder, ...shape: number[]) =>
  b.constant(Constant.float32(new Float32Array(shape.reduce((p, n) => p * n, 1)).fill(0.1), shape));

const image = [2, 4, 7, 6];
/** Each body is run; every tensor must come out as inferred. */
const bodies: Record<string, [readonly number[], Body, number?]> = {
  Conv: [
    image,
    (b, x) =>
      b.node('Conv', [x, weights(b, 6, 4, 3, 2)], { strides: a.ints([2, 1]), pads: a.ints([1, 0, 2, 1]) }),
  ],
  'Conv dilated, in groups': [
    image,
    (b, x) => b.node('Conv', [x, weights(b, 8, 2, 3, 3)], { dilations: a.ints([2, 2]), group: a.int(2) }),
  ],
  'Conv SAME_UPPER': [
    image,
    (b, x) =>
      b.node('Conv', [x, weights(b, 1, 4, 3, 3)], {
        auto_pad: a.string('SAME_UPPER'),
        strides: a.ints([2, 2]),
      }),
  ],
  ConvTranspose: [
    image,
    (b, x) =>
      b.node('ConvTranspose', [x, weights(b, 4, 3, 3, 3)], {
        strides: a.ints([2, 2]),
        pads: a.ints([1, 0, 1, 1]),
        output_padding: a.ints([1, 0]),
        group: a.int(2),
      }),
  ],
  MaxPool: [
    image,
    (b, x) =>
      b.nodes('MaxPool', [x], { kernel_shape: a.ints([3, 2]), strides: a.ints([2, 2]) }, { outputs: 2 })[0],
  ],
  'MaxPool with ceil_mode': [
    image,
    (b, x) =>
      b.node('MaxPool', [x], {
        kernel_shape: a.ints([2, 2]),
        strides: a.ints([2, 2]),
        pads: a.ints([1, 1, 0, 0]),
        ceil_mode: a.int(1),
      }),
  ],
  'MaxPool with ceil_mode, last window in the padding': [
    [1, 1, 5, 5],
    (b, x) =>
      b.node('MaxPool', [x], {
        kernel_shape: a.ints([2, 2]),
        strides: a.ints([3, 3]),
        pads: a.ints([0, 0, 1, 1]),
        ceil_mode: a.int(1),
      }),
  ],
  'pools and norms': [
    image,
    (b, x) =>
      b.node('GlobalMaxPool', [
        b.node('AveragePool', [b.node('LRN', [x], { size: a.int(3) })], { kernel_shape: a.ints([2, 2]) }),
      ]),
  ],
  'Gemm transposed': [
    [4, 3],
    (b, x) => b.node('Gemm', [x, weights(b, 5, 4)], { transA: a.int(1), transB: a.int(1) }),
  ],
  'MatMul of stacks': [[2, 1, 3, 4], (b, x) => b.node('MatMul', [x, weights(b, 5, 4, 2)])],
  'MatMul with vectors': [
    [3, 4],
    (b, x) => b.node('MatMul', [weights(b, 3), b.node('MatMul', [x, weights(b, 4, 2)])]),
  ],
  broadcasting: [
    [2, 1, 3],
    (b, x) => b.node('Where', [b.node('Less', [x, weights(b, 4, 1)]), x, weights(b, 5, 1, 1, 1)]),
  ],
  reductions: [
    image,
    (b, x) =>
      b.node('ReduceMax', [b.node('ReduceSum', [x, int64s(b, -1, 1)])], {
        axes: a.ints([0]),
        keepdims: a.int(0),
      }),
  ],
  'reduction of all': [image, (b, x) => b.node('ReduceMean', [x], { keepdims: a.int(0) })],
  ArgMax: [image, (b, x) => b.node('ArgMax', [x], { axis: a.int(-2), keepdims: a.int(0) })],
  'layout changes': [
    image,
    (b, x) => {
      const flat = b.node('Flatten', [b.node('Transpose', [x], { perm: a.ints([0, 2, 3, 1]) })], {
        axis: a.int(2),
      });
      return b.node('Squeeze', [b.node('Unsqueeze', [flat, int64s(b, 0, -1)]), int64s(b, 0)]);
    },
  ],
  'Squeeze and Unsqueeze of opset 9': [
    [2, 1, 3],
    (b, x) => b.node('Squeeze', [b.node('Unsqueeze', [x], { axes: a.ints([0, 3]) })]),
    9,
  ],
  'Reshape with 0 and -1': [image, (b, x) => b.node('Reshape', [x, int64s(b, 0, -1, 6)])],
  'Tile and Expand': [
    [2, 1, 3],
    (b, x) => b.node('Expand', [b.node('Tile', [x, int64s(b, 2, 1, 3)]), int64s(b, 5, 1)]),
  ],
  'depth and space': [
    [1, 8, 2, 3],
    (b, x) =>
      b.node('SpaceToDepth', [b.node('DepthToSpace', [x], { blocksize: a.int(2) })], { blocksize: a.int(2) }),
  ],
  'Split in unequal parts': [
    [2, 7],
    (b, x) => b.nodes('Split', [x, int64s(b, 2, 4, 1)], { axis: a.int(1) }, { outputs: 3 })[1],
  ],
  'Split in equal parts': [[2, 6], (b, x) => b.nodes('Split', [x], { axis: a.int(-1) }, { outputs: 3 })[2]],
  'Slice forwards, backwards and to the end': [
    image,
    (b, x) =>
      b.node('Slice', [
        x,
        int64s(b, 1, -1, -4),
        int64s(b, 2 ** 63, -(2 ** 63), -1),
        int64s(b, 1, 2, -1),
        int64s(b, 2, -2, 1),
      ]),
  ],
  'Gather and Concat': [
    image,
    (b, x) =>
      b.node('Concat', [b.node('Gather', [x, int64s(b, 1, 0, 1)], { axis: a.int(3) }), x], {
        axis: a.int(-1),
      }),
  ],
  Pad: [image, (b, x) => b.node('Pad', [x, int64s(b, 0, 1, 2, 0, 0, 0, -1, 3)])],
  'Resize by scales': [
    image,
    (b, x) =>
      b.node('Resize', [x, '', b.constant(Constant.float32([1, 1, 1.7, 0.3]))], { mode: a.string('linear') }),
  ],
  'Resize to sizes': [image, (b, x) => b.node('Resize', [x, '', '', int64s(b, 2, 4, 3, 9)])],
  'Upsample of opset 9': [
    image,
    (b, x) => b.node('Upsample', [x, b.constant(Constant.float32([1, 1, 2, 2.5]))]),
    9,
  ],
  TopK: [[2, 5], (b, x) => b.nodes('TopK', [x, int64s(b, 3)], {}, { outputs: 2 })[0]],
  'shape arithmetic': [
    image,
    (b, x) => {
      const size = b.node('Shape', [x]);
      const pick = (i: number) => b.node('Gather', [size, b.constant(Constant.scalar(i, 'int64'))]);
      const rows = b.node('Mul', [
        pick(0),
        b.node('Div', [pick(1), b.constant(Constant.scalar(2, 'int64'))]),
      ]);
      const first = b.node('Unsqueeze', [rows, int64s(b, 0)]);
      const rest = b.node('Slice', [size, int64s(b, 2), int64s(b, 3)]);
      return b.node('Reshape', [x, b.node('Concat', [first, rest, int64s(b, -1)], { axis: a.int(0) })]);
    },
  ],
  'Range and ConstantOfShape': [
    [2, 3],
    (b, x) => {
      const number = (value: number) => b.constant(Constant.scalar(value, 'int64'));
      const count = b.node('Gather', [b.node('Shape', [x]), number(1)]);
      const range = b.node('Range', [number(0), count, number(2)]);
      return b.node('ConstantOfShape', [b.node('Add', [range, number(1)])]);
    },
  ],
};

describe('inferShapes', () => {
  for (const [name, [shape, body, opset]] of Object.entries(bodies)) {
    it(`gives the shapes of a run: ${name}`, async () => {
      await inferredShapesAreThoseOfARun(model(shape, body, opset), { x: shape });
    });
  }

  function outputShape(input: readonly Dimension[], body: Body): readonly Dimension[] | undefined {
    const named = model(input, body);
    return inferShapes(named).get(named.graph.outputs[0].name)?.shape;
  }

  it('carries named axes along', () => {
    const shape = outputShape(['batch', 3, 30, 40], (b, x) =>
      b.node('Reshape', [b.node('Transpose', [x], { perm: a.ints([0, 2, 3, 1]) }), int64s(b, -1, 3)]),
    );
    assert.deepEqual(shape, ['1200*batch', 3]);
  });

  it('computes with named axes in shape arithmetic', () => {
    const shape = outputShape(['batch', 6, 4], (b, x) => {
      const first = b.node('Slice', [b.node('Shape', [x]), int64s(b, 0), int64s(b, 1)]);
      const twice = b.node('Mul', [first, int64s(b, 2)]);
      return b.node('Reshape', [x, b.node('Concat', [twice, int64s(b, -1)], { axis: a.int(0) })]);
    });
    assert.deepEqual(shape, ['2*batch', 12]);
  });

  it('leaves open what cannot be told', () => {
    const strided = { kernel_shape: a.ints([2, 2]), strides: a.ints([2, 2]) };
    assert.deepEqual(
      outputShape(['n', 1, 'h', 'w'], (b, x) => b.node('MaxPool', [x], strided)),
      ['n', 1, null, null],
    );
    assert.equal(
      outputShape(['n', 3], (b, x) => b.node('Secret', [x], {}, { domain: 'my.domain' })),
      undefined,
    );
  });

  it('takes the shape of an unknown operator from the file', () => {
    const unknown = model([1, 3], (b, x) => b.node('Secret', [x], {}, { domain: 'my.domain' }));
    const declared = new Map([['Secret', floatInfo('Secret', [1, 8])]]);
    assert.deepEqual(
      inferShapes({ ...unknown, graph: { ...unknown.graph, valueInfo: declared } }).get('Secret')!.shape,
      [1, 8],
    );
  });
});
