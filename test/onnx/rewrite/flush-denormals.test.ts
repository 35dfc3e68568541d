import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Constant } from '../../../src/onnx/constant.js';
import type { OnnxModel } from '../../../src/onnx/graph.js';
import { flushDenormals } from '../../../src/onnx/rewrite/flush-denormals.js';

it('sets denormal weights to zero and leaves every other weight alone', () => {
  const weights = new Float32Array([1, -1e-39, 2 ** -126, -(2 ** -126), 1e-45, 0, -0.5]);
  const bias = Constant.float32([1, 2]);
  const model: OnnxModel = {
    irVersion: 8,
    opsets: new Map([['', 13]]),
    producer: { name: '', version: '' },
    metadata: new Map(),
    graph: {
      name: 'g',
      inputs: [],
      outputs: [],
      nodes: [],
      initializers: new Map([
        ['w', Constant.float32(weights)],
        ['b', bias],
      ]),
      valueInfo: new Map(),
    },
  };
  const { initializers } = flushDenormals(model).graph;
  assert.deepEqual([...initializers.get('w')!.float32()], [1, 0, 2 ** -126, -(2 ** -126), 0, 0, -0.5]);
  assert.equal(initializers.get('b'), bias);
  assert.equal(weights[1], Math.fround(-1e-39), 'the model that was given is not changed');
});
