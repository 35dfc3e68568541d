import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { softmax } from '../../src/tensor/softmax.js';

describe('softmax', () => {
  it('is the closed form for two logits: the sigmoid of their difference', () => {
    const [first, second] = softmax([1.5, -0.75]);
    assert.ok(Math.abs(first - 1 / (1 + Math.exp(-2.25))) < 1e-15);
    assert.ok(Math.abs(first + second - 1) < 1e-15);
  });

  it('does not change when a constant is added, however large', () => {
    const near = softmax([0, 1, 2]);
    const far = softmax([1e4, 1e4 + 1, 1e4 + 2]);
    assert.deepEqual(near, far);
  });
});
