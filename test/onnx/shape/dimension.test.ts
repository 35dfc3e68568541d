import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mentions, over, plus, substitute, times } from '../../../src/onnx/shape/dimension.js';

describe('arithmetic on dimensions', () => {
  it('multiplies', () => {
    assert.equal(times(2, 3), 6);
    assert.equal(times('batch', 6, 2), '12*batch');
    assert.equal(times('w', 'h'), 'h*w');
    assert.equal(times('2*batch', '3*h'), '6*batch*h');
    assert.equal(times('batch', null), null);
    assert.equal(times('batch', null, 0), 0);
    assert.equal(times(), 1);
  });

  it('divides only where the quotient is sure to be whole', () => {
    assert.equal(over('12*batch', 4), '3*batch');
    assert.equal(over('12*batch', 'batch'), 12);
    assert.equal(over('12*batch', 5), null);
    assert.equal(over(12, 'batch'), null);
    assert.equal(over(7, 2), null);
    assert.equal(over(7, 0), null);
  });

  it('adds multiples of the same names', () => {
    assert.equal(plus('batch', '2*batch'), '3*batch');
    assert.equal(plus(1, 2, 0), 3);
    assert.equal(plus(0, 'batch'), 'batch');
    assert.equal(plus('batch', 1), null);
    assert.equal(plus('batch', 'h'), null);
  });

  it('puts lengths in for names', () => {
    assert.equal(substitute('6*batch*h', 'batch', 2), '12*h');
    assert.equal(substitute('batch_size', 'batch', 2), 'batch_size');
    assert.ok(mentions('4*batch', 'batch'));
    assert.ok(!mentions('batches', 'batch'));
  });

  it('takes a formula of another program for one name', () => {
    assert.equal(times('floor(h/2) + 1', 1), 'floor(h/2) + 1');
    assert.equal(over('floor(h/2) + 1', 'floor(h/2) + 1'), 1);
    assert.ok(!mentions('floor(h/2) + 1', 'h'));
  });
});
