import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReusedBuffers } from '../../../../src/face/detectors/mtcnn/reused-buffers.js';

const floats = () => new ReusedBuffers((length) => new Float32Array(length));

describe('ReusedBuffers', () => {
  it('gives exactly so many elements, and the memory of what came back', () => {
    const buffers = floats();
    const first = buffers.take(100);
    buffers.giveBack(first);
    const second = buffers.take(60);
    assert.equal(second.length, 60);
    assert.equal(second.buffer, first.buffer);
    buffers.giveBack(second);
    assert.equal(buffers.take(100).buffer, first.buffer);
  });

  it('never gives memory that is in use', () => {
    const buffers = floats();
    const [first, second] = [buffers.take(10), buffers.take(10)];
    assert.notEqual(first.buffer, second.buffer);
  });

  it('gives the shortest that is long enough', () => {
    const buffers = floats();
    const [long, short] = [buffers.take(1000), buffers.take(20)];
    buffers.giveBack(long);
    buffers.giveBack(short);
    assert.equal(buffers.take(10).buffer, short.buffer);
    assert.equal(buffers.take(10).buffer, long.buffer);
  });

  it('lets go of the shortest where it would keep too much', () => {
    const buffers = floats();
    const [long, short] = [buffers.take(7_000_000), buffers.take(2_000_000)];
    buffers.giveBack(short);
    buffers.giveBack(long);
    assert.equal(buffers.take(1).buffer, long.buffer);
  });
});
