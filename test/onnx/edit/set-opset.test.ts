import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  attribute,
  Constant,
  GraphBuilder,
  setOpset,
  type Attributes,
  type OnnxModel,
} from '../../../src/onnx/index.js';
import { noise, run } from '../run.js';
import { floatInfo, modelOf } from '../tiny-model.js';

const { float, floats, int, ints, string } = attribute;

/** A model of one node on x. */
function single(
  opset: number,
  opType: string,
  attributes: Attributes,
  shape: readonly number[],
  outputs = 1,
  ...rest: Constant[]
) {
  const builder = new GraphBuilder();
  const inputs = [builder.reserve('x'), ...rest.map((constant) => builder.constant(constant))];
  const names = builder.nodes(opType, inputs, attributes, { outputs });
  const graph = builder.build({
    inputs: [floatInfo('x', shape)],
    outputs: names.map((name) => floatInfo(name, undefined)),
  });
  return modelOf(graph, opset);
}

function withoutIndices(model: OnnxModel): OnnxModel {
  return { ...model, graph: { ...model.graph, outputs: model.graph.outputs.slice(0, 1) } };
}

/** Operators in the form they had in an old opset. */
const old = {
  'Slice 7': single(
    7,
    'Slice',
    { starts: ints([1, -2]), ends: ints([1000, -1]), axes: ints([1, 2]) },
    [2, 3, 4],
  ),
  'Slice 9 without axes': single(9, 'Slice', { starts: ints([1]), ends: ints([2]) }, [2, 3]),
  'Clip 7': single(7, 'Clip', { min: float(-0.25), max: float(0.5) }, [2, 5]),
  'Clip 9 without a maximum': single(9, 'Clip', { min: float(0) }, [2, 5]),
  'Pad 7': single(7, 'Pad', { pads: ints([0, 1, 1, 2]), value: float(3) }, [2, 3]),
  'Pad 10 reflect': single(10, 'Pad', { pads: ints([0, 1, 0, 2]), mode: string('reflect') }, [2, 3]),
  'Upsample 7': single(
    7,
    'Upsample',
    { scales: floats([1, 1, 2, 2]), mode: string('nearest') },
    [1, 2, 3, 3],
  ),
  'Upsample 9 linear': single(
    9,
    'Upsample',
    { mode: string('linear') },
    [1, 2, 3, 3],
    1,
    Constant.float32([1, 1, 2, 3]),
  ),
  'Resize 10': single(
    10,
    'Resize',
    { mode: string('nearest') },
    [1, 2, 4, 4],
    1,
    Constant.float32([1, 1, 2, 0.5]),
  ),
  'Resize 10 linear': single(
    10,
    'Resize',
    { mode: string('linear') },
    [1, 2, 4, 4],
    1,
    Constant.float32([1, 1, 2, 3]),
  ),
  'Softmax 7 over the last axis': single(7, 'Softmax', { axis: int(2) }, [2, 3, 4]),
  'Softmax 11 over several axes': single(11, 'Softmax', {}, [2, 3, 4]),
  'LogSoftmax 9 over several axes': single(9, 'LogSoftmax', { axis: int(1) }, [2, 3, 4]),
  'Squeeze 11': single(11, 'Squeeze', { axes: ints([1]) }, [2, 1, 4]),
  'Unsqueeze 9': single(9, 'Unsqueeze', { axes: ints([0, 2]) }, [2, 4]),
  'ReduceSum 11': single(11, 'ReduceSum', { axes: ints([1]), keepdims: int(0) }, [2, 3, 4]),
  'ReduceMean 13': single(13, 'ReduceMean', { axes: ints([-1]) }, [2, 3, 4]),
  'ReduceMax 17 over all axes': single(17, 'ReduceMax', {}, [2, 3]),
  'ReduceL2 11': single(11, 'ReduceL2', { axes: ints([1]) }, [2, 3]),
  'Split 11': single(11, 'Split', { split: ints([1, 3]), axis: int(1) }, [2, 4], 2),
  'Split 13 evenly': single(13, 'Split', { axis: int(1) }, [2, 4], 2),
  'Dropout 7': single(7, 'Dropout', { ratio: float(0.9) }, [2, 4]),
  'BatchNormalization 7': single(
    7,
    'BatchNormalization',
    {},
    [2, 3, 2],
    1,
    ...[1, 2, 3, 4].map((start) => Constant.float32([start, start + 1, start + 2])),
  ),
  'TopK 9': withoutIndices(single(9, 'TopK', { k: int(2) }, [2, 4], 2)),
};

describe('setOpset', () => {
  for (const [name, model] of Object.entries(old)) {
    it(`leaves the result of ${name} as it was`, async () => {
      const shape = model.graph.inputs[0].shape as number[];
      const feeds = { x: [noise(shape.reduce((a, b) => a * b, 1)), shape] as const };
      const expected = await run(model, feeds);
      for (const version of [13, 18, 21]) {
        if (version < model.opsets.get('')!) continue;
        const upgraded = setOpset(model, version);
        assert.equal(upgraded.opsets.get(''), version);
        assert.deepEqual(await run(upgraded, feeds), expected, `opset ${version}`);
      }
    });
  }

  it('refuses to lower the opset', () => {
    assert.throws(() => setOpset(old['Pad 10 reflect'], 9), /cannot be lowered to 9/);
  });

  it('names the node that cannot be written anew', () => {
    const model = single(
      11,
      'Resize',
      { coordinate_transformation_mode: string('tf_half_pixel_for_nn') },
      [1, 1],
    );
    assert.throws(
      () => setOpset(model, 13, 'net.onnx'),
      /net\.onnx: .*Resize "Resize": .*tf_half_pixel_for_nn/,
    );
  });
});
