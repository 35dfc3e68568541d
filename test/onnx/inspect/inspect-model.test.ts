import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attribute as a } from '../../../src/onnx/attributes.js';
import { Constant } from '../../../src/onnx/constant.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import { inspectModel } from '../../../src/onnx/inspect/inspect-model.js';
import { floatInfo, modelOf, tinyClassifier } from '../tiny-model.js';

describe('inspectModel', () => {
  it('counts operators and parameters', () => {
    const inspection = inspectModel(tinyClassifier());
    assert.equal(inspection.parameters, 54 + 3 + 6 + 2);
    assert.equal(inspection.weightBytes, 65 * 4);
    assert.deepEqual(inspection.opsets, { '': 17 });
    assert.equal(inspection.producer, 'test 1');
    assert.deepEqual(
      inspection.operators.map(({ name, count }) => `${count} ${name}`),
      ['1 Conv', '1 Flatten', '1 Gemm', '1 GlobalAveragePool', '1 Relu'],
    );
    assert.deepEqual(inspection.unknownOperators, []);
  });

  it('finds the last layer before pooling', () => {
    assert.deepEqual(inspectModel(tinyClassifier()).spatialLayers, [
      { tensor: 'relu', operator: 'Relu', shape: [1, 3, 5, 5], kind: 'last' },
    ]);
  });

  it('passes over gates on the channels, pads and heads that only rearrange', () => {
    const b = new GraphBuilder();
    const conv = (x: string, stride: number) => {
      const weights = b.constant(Constant.float32(new Float32Array(4 * 4 * 9), [4, 4, 3, 3]));
      const pads = a.ints([1, 1, 1, 1]);
      return b.node('Conv', [x, weights], { pads, strides: a.ints([stride, stride]) });
    };
    const first = conv(b.reserve('x'), 1);
    const gate = b.node('Sigmoid', [b.node('GlobalAveragePool', [first])]);
    const gated = b.node('Mul', [first, gate]);
    const padded = b.node('Pad', [gated, b.constant(Constant.int64([0, 0, 1, 0, 0, 0, 0, 1]))]);
    const last = conv(padded, 2);
    const moved = b.node('Transpose', [last], { perm: a.ints([0, 2, 3, 1]) });
    const y = b.node('Flatten', [moved]);
    const model = modelOf(
      b.build({ inputs: [floatInfo('x', ['n', 4, 8, 8])], outputs: [floatInfo(y, undefined)] }),
    );
    const { spatialLayers, outputs } = inspectModel(model);
    assert.deepEqual(
      spatialLayers.map(({ tensor, kind, shape }) => [tensor, kind, shape]),
      [
        [gated, 'scale', ['n', 4, 8, 8]],
        [last, 'last', ['n', 4, 5, 5]],
      ],
    );
    assert.deepEqual(outputs[0].shape, ['n', 100]);
  });
});
