import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Constant } from '../../../src/onnx/constant.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import type { OnnxModel } from '../../../src/onnx/graph.js';
import { fusePRelu } from '../../../src/onnx/rewrite/fuse-prelu.js';
import { noise, run } from '../run.js';
import { floatInfo, modelOf } from '../tiny-model.js';

type Body = (b: GraphBuilder, x: string, slope: string) => string;

function model(body: Body, slopeShape = [3, 1, 1]): OnnxModel {
  const b = new GraphBuilder();
  const slope = b.constant(Constant.float32(noise(slopeShape.reduce((p, n) => p * n, 1)), slopeShape));
  const y = body(b, b.reserve('x'), slope);
  return modelOf(b.build({ inputs: [floatInfo('x', ['n', 3, 4, 5])], outputs: [floatInfo(y, undefined)] }));
}

const relu = (b: GraphBuilder, x: string) => b.node('Relu', [x]);
const negated = (b: GraphBuilder, x: string) => b.node('Neg', [x]);

const forms: Record<string, Body> = {
  'relu(x) + slope * -relu(-x)': (b, x, slope) =>
    b.node('Add', [relu(b, x), b.node('Mul', [slope, negated(b, relu(b, negated(b, x)))])]),
  'slope * -relu(-x) + relu(x)': (b, x, slope) =>
    b.node('Add', [b.node('Mul', [negated(b, relu(b, negated(b, x))), slope]), relu(b, x)]),
  'relu(x) - slope * relu(-x)': (b, x, slope) =>
    b.node('Sub', [relu(b, x), b.node('Mul', [relu(b, negated(b, x)), slope])]),
  'relu(x) + slope / 2 * (x - |x|)': (b, x, slope) =>
    b.node('Add', [relu(b, x), b.node('Mul', [slope, b.node('Sub', [x, b.node('Abs', [x])])])]),
};

const others: Record<string, OnnxModel> = {
  'slope * relu(-x) - relu(x)': model((b, x, slope) =>
    b.node('Sub', [b.node('Mul', [relu(b, negated(b, x)), slope]), relu(b, x)]),
  ),
  'relu(x) + slope * relu(-x)': model((b, x, slope) =>
    b.node('Add', [relu(b, x), b.node('Mul', [relu(b, negated(b, x)), slope])]),
  ),
  'relu(x) + slope * (|x| - x)': model((b, x, slope) =>
    b.node('Add', [relu(b, x), b.node('Mul', [slope, b.node('Sub', [b.node('Abs', [x]), x])])]),
  ),
  'the negative part of another tensor': model((b, x, slope) => {
    const z = b.node('Exp', [x]);
    return b.node('Add', [relu(b, x), b.node('Mul', [slope, b.node('Sub', [z, b.node('Abs', [z])])])]);
  }),
  'a slope that enlarges x': model(forms['relu(x) - slope * relu(-x)'], [2, 1, 1, 1, 1]),
};

const x = noise(120, 5);

describe('fusePRelu', () => {
  for (const [form, body] of Object.entries(forms)) {
    it(`writes PRelu for ${form}, with equal results`, async () => {
      const spelt = model(body);
      const fused = fusePRelu(spelt);
      assert.deepEqual(
        fused.graph.nodes.map(({ opType }) => opType),
        ['PRelu'],
      );
      const feeds = { x: [x, [2, 3, 4, 5]] } as const;
      const [output] = spelt.graph.outputs;
      assert.deepEqual((await run(fused, feeds))[output.name], (await run(spelt, feeds))[output.name]);
    });
  }

  for (const [form, spelt] of Object.entries(others)) {
    it(`leaves ${form} alone`, () => {
      assert.deepEqual(fusePRelu(spelt).graph.nodes, spelt.graph.nodes);
    });
  }
});
