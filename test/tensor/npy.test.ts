import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Problem } from '../../src/problem.js';
import { decodeNpy, encodeNpy } from '../../src/tensor/npy.js';
import { elementCount, type TensorData } from '../../src/tensor/tensor.js';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../test/fixtures/tensor/${name}.npy`, import.meta.url));

const ramp = new Float32Array([-2, -0.5, 1, 2.5, 4, 5.5]);

describe('decodeNpy', () => {
  const files: [string, string, number[], TensorData][] = [
    ['f4', '<f4', [2, 3], ramp],
    ['big-endian', '>f4', [2, 3], ramp],
    ['version2', '<f4', [2, 3], ramp],
    ['version3', '<f4', [2, 3], ramp],
    ['f8-fortran', '<f8', [2, 3, 4], Float64Array.from({ length: 24 }, (_, i) => i / 7)],
    ['i8', '<i8', [3], new BigInt64Array([1n, -2n, 2n ** 53n + 1n])],
    ['i4', '<i4', [2, 3], new Int32Array([0, 1, 2, 3, 4, 5])],
    ['u1', '|u1', [2, 3], new Uint8Array([0, 1, 2, 3, 4, 5])],
    ['bool', '|b1', [2, 2], new Uint8Array([1, 0, 0, 1])],
    ['scalar', '<f8', [], new Float64Array([2.5])],
    ['empty', '<f4', [0, 3], new Float32Array()],
  ];
  for (const [name, dtype, shape, data] of files) {
    it(`reads ${name}.npy of NumPy`, () => {
      assert.deepEqual(decodeNpy(fixture(name)), { dtype, shape, data });
    });
  }

  it('reads from the middle of a larger buffer', () => {
    const file = fixture('f4');
    const buffer = new Uint8Array(file.length + 3);
    buffer.set(file, 3);
    assert.deepEqual(decodeNpy(buffer.subarray(3)).data, ramp);
  });

  const refused: [string, Uint8Array, RegExp][] = [
    ['text', new TextEncoder().encode('path,score\na.jpg,1\n'), /^x\.npy: is not a NumPy array file/],
    ['nothing', new Uint8Array(), /is not a NumPy array file/],
    ['a cut header', fixture('f4').subarray(0, 60), /header is cut off/],
    ['cut data', fixture('f4').subarray(0, 140), /holds 12 of the 24 bytes/],
    ['complex numbers', fixture('complex'), /elements of type <c16.*astype/],
    ['an unknown version', Uint8Array.from(fixture('f4'), (byte, i) => (i === 6 ? 9 : byte)), /version 9/],
  ];
  for (const [what, bytes, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => decodeNpy(bytes, 'x.npy'),
        (error) => error instanceof Problem && message.test(error.message),
      );
    });
  }
});

describe('encodeNpy', () => {
  it('writes the bytes of numpy.save', () => {
    for (const name of ['f4', 'i8', 'i4', 'u1', 'scalar', 'empty']) {
      const bytes = fixture(name);
      assert.deepEqual(encodeNpy(decodeNpy(bytes)), new Uint8Array(bytes), name);
    }
  });

  it('keeps every element type and shape over a round trip', () => {
    for (const type of [
      Float32Array,
      Float64Array,
      Uint8Array,
      Int8Array,
      Uint16Array,
      Int16Array,
      Int32Array,
    ]) {
      for (const shape of [[], [5], [1, 0], [3, 1, 2], [2, 2, 2, 2]]) {
        const data = new type(elementCount(shape)).map((_, i) => i * 3);
        const back = decodeNpy(encodeNpy({ data, shape }));
        assert.deepEqual([back.data, back.shape], [data, shape]);
      }
    }
  });

  it('writes version 2 where the header does not fit into version 1', () => {
    const shape = new Array<number>(30000).fill(1);
    const file = encodeNpy({ data: new Float32Array([7]), shape });
    assert.equal(file[6], 2);
    assert.deepEqual(decodeNpy(file).shape, shape);
  });

  it('refuses a shape that does not fit the data', () => {
    assert.throws(() => encodeNpy({ data: new Float32Array(5), shape: [2, 3] }), RangeError);
  });
});
