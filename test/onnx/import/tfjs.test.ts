import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importTfjs } from '../../../src/onnx/import/tfjs/import-tfjs.js';
import { converters } from '../../../src/onnx/import/tfjs/operators/index.js';
import { Problem } from '../../../src/problem.js';
import { noise, run } from '../run.js';
import {
  attr,
  float32,
  graphFiles,
  int32,
  runTfjs,
  type AttributeJson,
  type GraphFiles,
  type NodeJson,
  type WeightJson,
} from './tfjs-graph.js';

/** A network of one image x [batch, 7, 6, 4]; what a case does not say is that. */
interface Case {
  readonly nodes: readonly NodeJson[];
  readonly weights?: readonly WeightJson[];
  readonly input?: readonly number[];
}

const image = [2, 7, 6, 4];

function node(
  op: string,
  input: readonly string[],
  attributes: Record<string, AttributeJson> = {},
  name = 'y',
): NodeJson {
  return { name, op, input, attr: { T: attr.type('DT_FLOAT'), ...attributes } };
}

function weights(name: string, shape: readonly number[], seed = 3): WeightJson {
  return float32(
    name,
    shape,
    noise(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
  );
}

function window(padding: string, stride = 1, more: Record<string, AttributeJson> = {}) {
  return {
    padding: attr.s(padding),
    strides: attr.ints([1, stride, stride, 1]),
    data_format: attr.s('NHWC'),
    dilations: attr.ints([1, 1, 1, 1]),
    ...more,
  };
}

/** The positive part first, for roots and logarithms. */
function ofPositive(op: string): Case {
  return {
    nodes: [
      node('Abs', ['x'], {}, 'abs'),
      node('AddV2', ['abs', 'tenth'], {}, 'positive'),
      node(op, ['positive']),
    ],
    weights: [float32('tenth', [], [0.1])],
  };
}

function unary(op: string, attributes: Record<string, AttributeJson> = {}): Case {
  return { nodes: [node(op, ['x'], attributes)] };
}

function binary(op: string): Case {
  return { nodes: [node(op, ['x', 'w'])], weights: [weights('w', [4])] };
}

/** A comparison, as numbers 0 and 1. */
function logical(...nodes: readonly NodeJson[]): Case {
  return {
    nodes: [...nodes, node('Cast', ['bool'], { SrcT: attr.type('DT_BOOL'), DstT: attr.type('DT_FLOAT') })],
    weights: [weights('w', [4]), weights('v', [6, 4], 5)],
  };
}

const greater = node('Greater', ['x', 'w'], {}, 'greater');
const less = node('Less', ['x', 'v'], {}, 'less');

function conv(op: string, filter: readonly number[], attributes: Record<string, AttributeJson>): Case {
  return { nodes: [node(op, ['x', 'f'], attributes)], weights: [weights('f', filter)] };
}

function fused(op: string, fusedOps: readonly string[], filter: readonly number[], out: number): Case {
  const { nodes } = conv(
    op,
    filter,
    window('SAME', 1, { fused_ops: attr.strings(fusedOps), leakyrelu_alpha: attr.f(0.3) }),
  );
  const slope = fusedOps.includes('Prelu') ? [weights('slope', [1, 1, out], 7)] : [];
  const input = ['x', 'f', 'bias', ...slope.map(({ name }) => name)];
  const extra = { num_args: attr.i(input.length - 2) };
  return {
    nodes: [{ ...nodes[0], input, attr: { ...nodes[0].attr, ...extra } }],
    weights: [weights('f', filter), weights('bias', [out], 5), ...slope],
  };
}

function reduce(op: string, axes: readonly number[], keep: boolean): Case {
  return { nodes: [node(op, ['x', 'axes'], { keep_dims: attr.b(keep) })], weights: [int32('axes', axes)] };
}

function arg(op: string, axis: number): Case {
  return {
    nodes: [
      node(op, ['x', 'axis'], {}, 'index'),
      node('Cast', ['index'], { SrcT: attr.type('DT_INT32'), DstT: attr.type('DT_FLOAT') }),
    ],
    weights: [int32('axis', [axis], [])],
  };
}

function resize(op: string, attributes: Record<string, AttributeJson>): Case {
  return { nodes: [node(op, ['x', 'size'], attributes)], weights: [int32('size', [11, 4])] };
}

function stridedSlice(masks: Record<string, number>, [begin, end, strides]: readonly number[][]): Case {
  return {
    nodes: [
      node(
        'StridedSlice',
        ['x', 'begin', 'end', 'strides'],
        Object.fromEntries(
          ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'].map((mask) => [
            mask,
            attr.i(masks[mask] ?? 0),
          ]),
        ),
      ),
    ],
    weights: [int32('begin', begin), int32('end', end), int32('strides', strides)],
  };
}

const dilated = { dilations: attr.ints([1, 2, 2, 1]) };
const explicit = { explicit_paddings: attr.ints([0, 0, 1, 2, 0, 1, 0, 0]) };
const pooled = (padding: string, stride: number) =>
  window(padding, stride, { ksize: attr.ints([1, 3, 2, 1]) });
const wide = [2, 5];
const halfPixel = { half_pixel_centers: attr.b(true) };
const corners = { align_corners: attr.b(true) };

const cases: Readonly<Record<string, Case>> = {
  'Conv2D same': conv('Conv2D', [3, 2, 4, 5], window('SAME')),
  'Conv2D same, stride 2': conv('Conv2D', [3, 3, 4, 5], window('SAME', 2)),
  'Conv2D valid, stride 2': conv('Conv2D', [3, 2, 4, 5], window('VALID', 2)),
  'Conv2D dilated': conv('Conv2D', [2, 2, 4, 5], window('SAME', 1, dilated)),
  'Conv2D with explicit padding': conv('Conv2D', [3, 3, 4, 5], window('EXPLICIT', 1, explicit)),
  'DepthwiseConv2dNative same, stride 2': conv('DepthwiseConv2dNative', [3, 3, 4, 1], window('SAME', 2)),
  'DepthwiseConv2dNative with a multiplier': conv('DepthwiseConv2dNative', [3, 3, 4, 3], window('VALID')),
  'DepthwiseConv2d dilated': conv('DepthwiseConv2d', [3, 3, 4, 1], window('SAME', 1, dilated)),
  '_FusedConv2D BiasAdd': fused('_FusedConv2D', ['BiasAdd'], [3, 3, 4, 5], 5),
  '_FusedConv2D Relu': fused('_FusedConv2D', ['BiasAdd', 'Relu'], [3, 3, 4, 5], 5),
  '_FusedConv2D Relu6': fused('_FusedConv2D', ['BiasAdd', 'Relu6'], [3, 3, 4, 5], 5),
  '_FusedConv2D Elu': fused('_FusedConv2D', ['BiasAdd', 'Elu'], [3, 3, 4, 5], 5),
  '_FusedConv2D LeakyRelu': fused('_FusedConv2D', ['BiasAdd', 'LeakyRelu'], [3, 3, 4, 5], 5),
  '_FusedConv2D Sigmoid': fused('_FusedConv2D', ['BiasAdd', 'Sigmoid'], [3, 3, 4, 5], 5),
  '_FusedConv2D Prelu': fused('_FusedConv2D', ['BiasAdd', 'Prelu'], [3, 3, 4, 5], 5),
  FusedDepthwiseConv2dNative: fused('FusedDepthwiseConv2dNative', ['BiasAdd', 'Relu6'], [3, 3, 4, 2], 8),
  'MaxPool same': unary('MaxPool', pooled('SAME', 2)),
  'MaxPool valid': unary('MaxPool', pooled('VALID', 2)),
  'AvgPool same': unary('AvgPool', pooled('SAME', 2)),
  'AvgPool valid': unary('AvgPool', pooled('VALID', 1)),
  MatMul: {
    nodes: [node('MatMul', ['x', 'w'], { transpose_b: attr.b(true) })],
    weights: [weights('w', [3, 5])],
    input: wide,
  },
  _FusedMatMul: {
    nodes: [
      node('_FusedMatMul', ['x', 'w', 'b'], {
        fused_ops: attr.strings(['BiasAdd', 'Relu']),
        num_args: attr.i(1),
      }),
    ],
    weights: [weights('w', [5, 3]), weights('b', [3], 5)],
    input: wide,
  },
  BatchMatMul: {
    nodes: [node('BatchMatMul', ['x', 'w'])],
    weights: [weights('w', [4, 3])],
    input: [2, 3, 4],
  },
  BatchMatMulV2: {
    nodes: [node('BatchMatMulV2', ['x', 'w'], { adj_y: attr.b(true) })],
    weights: [weights('w', [1, 3, 4])],
    input: [2, 3, 4],
  },
  ...Object.fromEntries(
    [
      ...['Abs', 'Ceil', 'Cos', 'Elu', 'Erf', 'Exp', 'Floor', 'Neg', 'Relu', 'Relu6', 'Round', 'Selu'],
      ...['Sigmoid', 'Sign', 'Sin', 'Softplus', 'Square', 'Tanh', 'Identity', 'StopGradient', 'Snapshot'],
      ...['Softmax', 'LogSoftmax'],
    ].map((op) => [op, unary(op)]),
  ),
  ...Object.fromEntries(['Log', 'Reciprocal', 'Rsqrt', 'Sqrt'].map((op) => [op, ofPositive(op)])),
  ...Object.fromEntries(
    [
      'Add',
      'AddV2',
      'BiasAdd',
      'Sub',
      'Mul',
      'Div',
      'RealDiv',
      'Maximum',
      'Minimum',
      'SquaredDifference',
    ].map((op) => [op, binary(op)]),
  ),
  LeakyRelu: unary('LeakyRelu', { alpha: attr.f(0.1) }),
  Prelu: { nodes: [node('Prelu', ['x', 'w'])], weights: [weights('w', [1, 1, 4])] },
  'Prelu by pixel': { nodes: [node('Prelu', ['x', 'w'])], weights: [weights('w', [7, 6, 4])] },
  AddN: {
    nodes: [node('Relu', ['x'], {}, 'a'), node('AddN', ['x', 'a', 'x'], { N: attr.i(3) })],
  },
  Pow: {
    nodes: [node('Abs', ['x'], {}, 'a'), node('Pow', ['a', 'power'])],
    weights: [float32('power', [], [1.7])],
  },
  ClipByValue: {
    nodes: [node('ClipByValue', ['x', 'least', 'most'])],
    weights: [float32('least', [], [-0.2]), float32('most', [], [0.4])],
  },
  Greater: logical({ ...greater, name: 'bool' }),
  GreaterEqual: logical(node('GreaterEqual', ['x', 'w'], {}, 'bool')),
  Less: logical({ ...less, name: 'bool' }),
  LessEqual: logical(node('LessEqual', ['x', 'w'], {}, 'bool')),
  Equal: logical(node('Relu', ['x'], {}, 'relu'), node('Equal', ['x', 'relu'], {}, 'bool')),
  NotEqual: logical(node('Relu', ['x'], {}, 'relu'), node('NotEqual', ['x', 'relu'], {}, 'bool')),
  LogicalAnd: logical(greater, less, node('LogicalAnd', ['greater', 'less'], {}, 'bool')),
  LogicalOr: logical(greater, less, node('LogicalOr', ['greater', 'less'], {}, 'bool')),
  LogicalNot: logical(greater, node('LogicalNot', ['greater'], {}, 'bool')),
  Select: {
    nodes: [greater, node('Neg', ['x'], {}, 'neg'), node('Select', ['greater', 'x', 'neg'])],
    weights: [weights('w', [4])],
  },
  SelectV2: { nodes: [greater, node('SelectV2', ['greater', 'x', 'w'])], weights: [weights('w', [4])] },
  Cast: {
    nodes: [
      node('Mul', ['x', 'ten'], {}, 'large'),
      node('Cast', ['large'], { SrcT: attr.type('DT_FLOAT'), DstT: attr.type('DT_INT32') }, 'int'),
      node('Cast', ['int'], { SrcT: attr.type('DT_INT32'), DstT: attr.type('DT_FLOAT') }),
    ],
    weights: [float32('ten', [], [10])],
  },
  ...Object.fromEntries(
    ['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3'].map((op): [string, Case] => [
      op,
      {
        nodes: [
          node(op, ['x', 'scale', 'offset', 'mean', 'variance'], {
            epsilon: attr.f(0.01),
            is_training: attr.b(false),
            data_format: attr.s('NHWC'),
          }),
        ],
        weights: [
          weights('scale', [4], 3),
          weights('offset', [4], 4),
          weights('mean', [4], 5),
          float32('variance', [4], [0.2, 0.9, 1.5, 0.4]),
        ],
      },
    ]),
  ),
  'Mean over space': reduce('Mean', [1, 2], false),
  'Mean over space, axes kept': reduce('Mean', [1, 2], true),
  'Mean over height': reduce('Mean', [1], false),
  'Sum over channels': reduce('Sum', [-1], true),
  Max: reduce('Max', [2], false),
  Min: reduce('Min', [1, 2], true),
  Prod: reduce('Prod', [3], false),
  ArgMax: arg('ArgMax', -1),
  ArgMin: arg('ArgMin', 1),
  'Reshape after Conv2D': {
    nodes: [node('Conv2D', ['x', 'f'], window('SAME'), 'c'), node('Reshape', ['c', 'shape'])],
    weights: [weights('f', [3, 3, 4, 5]), int32('shape', [-1, 210])],
  },
  'Reshape to a computed shape': {
    nodes: [
      node('Shape', ['x'], { out_type: attr.type('DT_INT32') }, 'sizes'),
      node(
        'StridedSlice',
        ['sizes', 'zero', 'one', 'one'],
        { T: attr.type('DT_INT32'), shrink_axis_mask: attr.i(1) },
        'n',
      ),
      node('Pack', ['n', 'rest'], { T: attr.type('DT_INT32'), N: attr.i(2), axis: attr.i(0) }, 'shape'),
      node('Reshape', ['x', 'shape']),
    ],
    weights: [int32('zero', [0]), int32('one', [1]), int32('rest', [168], [])],
  },
  Squeeze: { nodes: [node('Squeeze', ['x'], { squeeze_dims: attr.ints([1, 2]) })], input: [2, 1, 1, 4] },
  'Squeeze one axis': {
    nodes: [node('Squeeze', ['x'], { squeeze_dims: attr.ints([1]) })],
    input: [2, 1, 6, 4],
  },
  ExpandDims: { nodes: [node('ExpandDims', ['x', 'axis'])], weights: [int32('axis', [1], [])], input: wide },
  Transpose: { nodes: [node('Transpose', ['x', 'order'])], weights: [int32('order', [0, 3, 2, 1])] },
  'Transpose after Conv2D': {
    nodes: [node('Conv2D', ['x', 'f'], window('SAME'), 'c'), node('Transpose', ['c', 'order'])],
    weights: [weights('f', [3, 3, 4, 5]), int32('order', [0, 3, 1, 2])],
  },
  Tile: { nodes: [node('Tile', ['x', 'counts'])], weights: [int32('counts', [1, 2, 1, 3])] },
  BroadcastTo: {
    nodes: [node('BroadcastTo', ['x', 'shape'])],
    weights: [int32('shape', [1, 3, 6, 4])],
    input: [1, 1, 6, 4],
  },
  DepthToSpace: unary('DepthToSpace', { block_size: attr.i(2), data_format: attr.s('NHWC') }),
  ConcatV2: {
    nodes: [
      node('Conv2D', ['x', 'f'], window('SAME'), 'c'),
      node('ConcatV2', ['c', 'x', 'axis'], { N: attr.i(2) }),
    ],
    weights: [weights('f', [3, 3, 4, 5]), int32('axis', [3], [])],
  },
  Concat: {
    nodes: [node('Relu', ['x'], {}, 'r'), node('Concat', ['axis', 'x', 'r'], { N: attr.i(2) })],
    weights: [int32('axis', [1], [])],
  },
  Pack: {
    nodes: [node('Neg', ['x'], {}, 'n'), node('Pack', ['x', 'n'], { N: attr.i(2), axis: attr.i(-1) })],
  },
  Unpack: {
    nodes: [node('Unpack', ['x'], { num: attr.i(4), axis: attr.i(3) }, 'u'), node('Sub', ['u:1', 'u:3'])],
  },
  Split: {
    nodes: [node('Split', ['axis', 'x'], { num_split: attr.i(2) }, 's'), node('Sub', ['s:0', 's:1'])],
    weights: [int32('axis', [3], [])],
  },
  SplitV: {
    nodes: [
      node('SplitV', ['x', 'sizes', 'axis'], { num_split: attr.i(2) }, 's'),
      node('ConcatV2', ['s:1', 's', 'axis'], { N: attr.i(2) }),
    ],
    weights: [int32('sizes', [1, 3]), int32('axis', [3], [])],
  },
  Slice: {
    nodes: [node('Slice', ['x', 'begin', 'size'])],
    weights: [int32('begin', [0, 1, 2, 0]), int32('size', [-1, 3, -1, 2])],
  },
  'StridedSlice with open ends': stridedSlice({ begin_mask: 0b1001, end_mask: 0b1101 }, [
    [0, 1, 1, 0],
    [0, 6, 0, 0],
    [1, 2, 1, 1],
  ]),
  'StridedSlice that drops an axis': stridedSlice(
    { begin_mask: 0b0111, end_mask: 0b0111, shrink_axis_mask: 0b1000 },
    [
      [0, 0, 0, 2],
      [0, 0, 0, 3],
      [1, 1, 1, 1],
    ],
  ),
  GatherV2: {
    nodes: [node('GatherV2', ['x', 'indices', 'axis'], { batch_dims: attr.i(0) })],
    weights: [int32('indices', [3, 0, 3]), int32('axis', [3], [])],
  },
  Pad: {
    nodes: [node('Conv2D', ['x', 'f'], window('SAME'), 'c'), node('Pad', ['c', 'p'])],
    weights: [weights('f', [3, 3, 4, 5]), int32('p', [0, 0, 1, 2, 0, 1, 0, 3], [4, 2])],
  },
  PadV2: {
    nodes: [node('PadV2', ['x', 'p', 'value'])],
    weights: [int32('p', [0, 0, 1, 2, 0, 1, 0, 0], [4, 2]), float32('value', [], [0.5])],
  },
  'MirrorPad reflect': {
    nodes: [node('MirrorPad', ['x', 'p'], { mode: attr.s('REFLECT') })],
    weights: [int32('p', [0, 0, 1, 2, 3, 1, 0, 0], [4, 2])],
  },
  'MirrorPad symmetric': {
    nodes: [node('MirrorPad', ['x', 'p'], { mode: attr.s('SYMMETRIC') })],
    weights: [int32('p', [0, 0, 1, 1, 0, 1, 0, 0], [4, 2])],
  },
  ResizeBilinear: resize('ResizeBilinear', {}),
  'ResizeBilinear half pixel': resize('ResizeBilinear', halfPixel),
  'ResizeBilinear corners': resize('ResizeBilinear', corners),
  ResizeNearestNeighbor: resize('ResizeNearestNeighbor', {}),
  'ResizeNearestNeighbor half pixel': resize('ResizeNearestNeighbor', halfPixel),
  'ResizeNearestNeighbor corners': resize('ResizeNearestNeighbor', corners),
};

/** Converters that TensorFlow.js has no kernel or no operator for, and the case that covers the same code. */
const withoutReference: readonly string[] = ['SpaceToDepth'];

function filesOf({ nodes, weights: stored = [], input = image }: Case): GraphFiles {
  const placeholder = {
    name: 'x',
    op: 'Placeholder',
    attr: { dtype: attr.type('DT_FLOAT'), shape: attr.shape(input.with(0, -1)) },
  };
  return graphFiles([placeholder, ...nodes], stored);
}

/** Rounding in another order of summation, relative to the largest value. */
const tolerance = 2e-6;

async function sameAsTfjs(files: GraphFiles, input: readonly number[]): Promise<void> {
  const x = noise(input.reduce((a, b) => a * b, 1));
  const [expected] = await runTfjs(files, [x, input]);
  const onnx = importTfjs(files.json, files.shards);
  const results = await run(onnx, { x: [x, input] });
  const { shape, data } = results[onnx.graph.outputs[0].name];
  assert.deepEqual(shape, expected.shape);
  const largest = expected.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  assert.ok(largest > 0, 'the reference is zero');
  expected.data.forEach((value, i) => {
    const off = Math.abs(value - data[i]);
    assert.ok(off <= tolerance * largest, `element ${i} is ${data[i]} instead of ${value}`);
  });
}

describe('importTfjs gives what TensorFlow.js computes', () => {
  for (const [name, given] of Object.entries(cases)) {
    it(name, () => sameAsTfjs(filesOf(given), given.input ?? image));
  }

  it('has a case for every operator', () => {
    const tested = new Set(Object.values(cases).flatMap(({ nodes }) => nodes.map(({ op }) => op)));
    const untested = Object.keys(converters).filter((op) => !tested.has(op));
    assert.deepEqual(untested, withoutReference);
  });
});

describe('importTfjs reads weights', () => {
  const half = [0x3c00, 0xc100, 0x3555, 0x0001];
  const stored: Readonly<Record<string, WeightJson>> = {
    'in 16-bit floats': {
      ...float32('w', [4], []),
      bytes: new Uint8Array(Uint16Array.from(half).buffer),
      quantization: { dtype: 'float16', original_dtype: 'float32' },
    },
    'in 8-bit steps': {
      ...float32('w', [4], []),
      bytes: Uint8Array.of(0, 255, 17, 128),
      quantization: { dtype: 'uint8', scale: 0.0123, min: -1.5 },
    },
    'in 16-bit steps': {
      ...float32('w', [4], []),
      bytes: new Uint8Array(Uint16Array.of(0, 65535, 17, 32768).buffer),
      quantization: { dtype: 'uint16', scale: 3.1e-5, min: -0.7 },
    },
  };
  for (const [name, weight] of Object.entries(stored)) {
    it(name, () => {
      const placeholder = {
        name: 'x',
        op: 'Placeholder',
        attr: { dtype: attr.type('DT_FLOAT'), shape: attr.shape([-1, 4]) },
      };
      return sameAsTfjs(graphFiles([placeholder, node('AddV2', ['x', 'w'])], [weight]), [2, 4]);
    });
  }
});

describe('importTfjs', () => {
  const files = filesOf(cases['Conv2D same']);
  const problem = (text: RegExp) => (error: unknown) => error instanceof Problem && text.test(error.message);

  it('gives inputs and outputs the names of the signature, the axes of the file and a free batch', () => {
    const parsed = JSON.parse(new TextDecoder().decode(files.json)) as object;
    const signature = {
      inputs: { face: { name: 'x:0' } },
      outputs: { features: { name: 'y:0' } },
    };
    const json = new TextEncoder().encode(JSON.stringify({ ...parsed, signature }));
    const { inputs, outputs, nodes } = importTfjs(json, files.shards).graph;
    assert.deepEqual(
      inputs.map(({ name, shape }) => [name, shape]),
      [['face', ['batch', 7, 6, 4]]],
    );
    assert.deepEqual(
      outputs.map(({ name }) => name),
      ['features'],
    );
    assert.deepEqual(
      nodes.map(({ opType }) => opType),
      ['Transpose', 'Conv', 'Transpose'],
    );
  });

  it('leaves height and width open where the file does', async () => {
    const placeholder = {
      name: 'x',
      op: 'Placeholder',
      attr: { dtype: attr.type('DT_FLOAT'), shape: attr.shape([-1, -1, -1, 4]) },
    };
    const { nodes, weights: stored } = conv('Conv2D', [3, 3, 4, 5], window('SAME', 2));
    const open = graphFiles([placeholder, ...nodes], stored!);
    assert.deepEqual(importTfjs(open.json, open.shards).graph.inputs[0].shape, [
      'batch',
      'height',
      'width',
      4,
    ]);
    await sameAsTfjs(open, [1, 7, 6, 4]);
    await sameAsTfjs(open, [2, 10, 9, 4]);
  });

  it('lists every operator that it cannot import', () => {
    const { json, shards } = filesOf({
      nodes: [
        node('Dilation2D', ['x'], {}, 'a'),
        node('Relu', ['a'], {}, 'b'),
        node('Dilation2D', ['b'], {}, 'c'),
        node('SpaceToBatchND', ['c']),
      ],
    });
    assert.throws(
      () => importTfjs(json, shards, 'model.json'),
      problem(/^model\.json: has operators .*2 x Dilation2D, 1 x SpaceToBatchND/),
    );
    const first = filesOf(conv('Conv2D', [3, 3, 4, 5], { ...window('SAME'), data_format: attr.s('NCHW') }));
    assert.throws(
      () => importTfjs(first.json, first.shards),
      problem(/1 x Conv2D with channels before height and width/),
    );
  });

  it('names weight files that are missing, cut off or too long', () => {
    const [a, b] = files.shards.values();
    const import_ = (...shards: readonly [string, Uint8Array][]) =>
      importTfjs(files.json, new Map(shards), 'model.json');
    assert.throws(() => import_(['a.bin', a]), problem(/^model\.json: its weight file b\.bin is missing/));
    assert.throws(
      () => import_(['a.bin', a], ['b.bin', b.subarray(1)]),
      problem(/a\.bin, b\.bin are 479 bytes, but the manifest says 480: they are truncated/),
    );
    assert.throws(
      () => import_(['a.bin', a], ['b.bin', Uint8Array.of(...b, 0)]),
      problem(/481 bytes, but the manifest says 480: they belong to another model/),
    );
  });

  it('names files that are no graph model', () => {
    const import_ = (text: string) => importTfjs(new TextEncoder().encode(text), new Map(), 'm.json');
    assert.throws(() => import_('{'), problem(/^m\.json: is not valid JSON/));
    assert.throws(() => import_('{"name": "faceprobe"}'), problem(/not the model\.json .*modelTopology/));
    assert.throws(() => import_('{"format": "layers-model"}'), problem(/layers model/));
    assert.throws(
      () => import_('{"modelTopology": {"node": []}, "weightsManifest": []}'),
      problem(/no outputs/),
    );
    assert.throws(
      () =>
        import_(
          '{"modelTopology": {"node": [{"name": "y", "op": "Relu", "input": ["x"]}]}, "weightsManifest": []}',
        ),
      problem(/damaged: there is no node "x"/),
    );
  });
});
