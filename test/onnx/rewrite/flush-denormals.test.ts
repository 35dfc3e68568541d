import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Constant } from '../../../src/onnx/constant.js';
import type { OnnxModel } from '../../../src/onnx/graph.js';
import { flushDenormals } from '../../../src/onnx/rewrite/flush-denormals.js';

function flushed(weights: readonly number[]): readonly number[] {
  const given = Float32Array.from(weights);
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
      initializers: new Map([['w', Constant.float32(given)]]),
      valueInfo: new Map(),
    },
  };
  const result = flushDenormals(model).graph.initializers.get('w')!;
  assert.deepEqual([...given], [...Float32Array.from(weights)], 'the model that was given is not changed');
  return [...result.float32()];
}

describe('flushDenormals', () => {
  it('sets denormal weights to zero, and those whose products are denormal beside normal weights', () => {
    const kept = [1, 2 ** -40, -(2 ** -39), 0, -0.5];
    assert.deepEqual(flushed([...kept, -1e-39, 2 ** -126, 2 ** -41, 1e-45]), [...kept, 0, 0, 0, 0]);
  });

  it('leaves small weights alone where all are small, except denormal ones', () => {
    const kept = [2 ** -70, 2 ** -100, -(2 ** -110)];
    assert.deepEqual(flushed([...kept, 2 ** -111, 1e-40]), [...kept, 0, 0]);
    assert.deepEqual(flushed([2 ** -120, 2 ** -126, 2 ** -127]), [2 ** -120, 2 ** -126, 0]);
  });

  it('gives back what needs no change', () => {
    const bias = Constant.float32([1, 2]);
    const model = { graph: { initializers: new Map([['b', bias]]) } } as unknown as OnnxModel;
    assert.equal(flushDenormals(model).graph.initializers.get('b'), bias);
  });
});
