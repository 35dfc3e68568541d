import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attribute } from '../../../src/onnx/attributes.js';
import { Constant, finalActivation, GraphBuilder, type OnnxModel } from '../../../src/onnx/index.js';
import { floatInfo, modelOf } from '../tiny-model.js';

/** x - Relu ("scores") - the operators, one after the other - y. */
function ending(...operators: readonly string[]): OnnxModel {
  const builder = new GraphBuilder();
  const x = builder.reserve('x');
  builder.node('Relu', [x], {}, { outputs: ['scores'] });
  let tensor = 'scores';
  operators.forEach((operator, at) => {
    const outputs = [at === operators.length - 1 ? 'y' : `t${at}`];
    const shape = operator === 'Reshape' ? [builder.constant(Constant.int64([-1, 3]))] : [];
    const attributes = operator === 'Cast' ? { to: attribute.int(1) } : {};
    builder.node(operator, [tensor, ...shape], attributes, { outputs });
    [tensor] = outputs;
  });
  const info = [floatInfo('x', ['batch', 3])];
  return modelOf(builder.build({ inputs: info, outputs: [floatInfo('y', ['batch', 3])] }));
}

describe('finalActivation', () => {
  it('finds a softmax or sigmoid, also behind operators that only move elements', () => {
    const found = (...operators: readonly string[]) => finalActivation(ending(...operators), 'y');
    assert.deepEqual(found('Softmax'), { kind: 'softmax', logits: 'scores' });
    assert.deepEqual(found('Sigmoid', 'Reshape', 'Cast', 'Flatten', 'Identity'), {
      kind: 'sigmoid',
      logits: 'scores',
    });
  });

  it('finds nothing where something else comes last', () => {
    for (const operators of [['Relu'], ['Softmax', 'Log'], ['Sigmoid', 'Relu'], ['Identity']]) {
      assert.equal(finalActivation(ending(...operators), 'y'), undefined);
    }
    assert.equal(finalActivation(ending('Softmax'), 'x'), undefined);
  });
});
