import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SummedArea } from '../../../../src/face/detectors/mtcnn/summed-area.js';
import type { RasterImage } from '../../../../src/image/raster-image.js';

const width = 23;
const height = 17;
const image: RasterImage = {
  width,
  height,
  channels: 3,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 256),
};

/** Adaptive average pooling written out, transposed and normalised. */
function pooled(
  part: { left: number; top: number; right: number; bottom: number },
  columns: number,
  rows: number,
) {
  const cells: number[] = [];
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      for (let channel = 0; channel < 3; channel++) {
        const wide = part.right - part.left;
        const high = part.bottom - part.top;
        let sum = 0;
        let count = 0;
        for (let y = Math.floor((row * high) / rows); y < Math.ceil(((row + 1) * high) / rows); y++) {
          for (
            let x = Math.floor((column * wide) / columns);
            x < Math.ceil(((column + 1) * wide) / columns);
            x++
          ) {
            sum += image.data[((part.top + y) * width + part.left + x) * 3 + channel];
            count++;
          }
        }
        cells.push((sum / count - 127.5) / 128);
      }
    }
  }
  return cells;
}

describe('SummedArea', () => {
  for (const [name, part, columns, rows] of [
    ['shrinks the whole image', { left: 0, top: 0, right: width, bottom: height }, 9, 5],
    ['shrinks a part', { left: 3, top: 2, right: 20, bottom: 16 }, 6, 6],
    ['enlarges a part', { left: 5, top: 5, right: 12, bottom: 9 }, 12, 12],
    ['keeps a part as it is', { left: 1, top: 1, right: 5, bottom: 4 }, 4, 3],
  ] as const) {
    it(`${name} as adaptive average pooling does`, () => {
      const target = new Float32Array(columns * rows * 3 + 2);
      new SummedArea(image).writePooled(part, columns, rows, target, 2);
      pooled(part, columns, rows).forEach((value, i) => {
        assert.ok(Math.abs(target[i + 2] - value) < 1e-6);
      });
    });
  }

  it('is right where the sums exceed 32 bits', () => {
    const side = 2400;
    const white: RasterImage = {
      width: side,
      height: side * 4,
      channels: 3,
      data: new Uint8Array(side * side * 12).fill(255),
    };
    const target = new Float32Array(3 * 4);
    new SummedArea(white).writePooled({ left: 0, top: 0, right: side, bottom: side * 4 }, 1, 4, target, 0);
    assert.deepEqual(
      [...target],
      Array.from({ length: 12 }, () => Math.fround(127.5 / 128)),
    );
  });

  it('does not depend on what the memory of its table held', () => {
    const part = { left: 0, top: 0, right: width, bottom: height };
    const fresh = new Float32Array(5 * 4 * 3);
    new SummedArea(image).writePooled(part, 5, 4, fresh, 0);
    const again = new Float32Array(fresh.length);
    const table = new Int32Array(SummedArea.lengthFor(image) + 10).fill(-77);
    new SummedArea(image, table.subarray(0, -10)).writePooled(part, 5, 4, again, 0);
    assert.deepEqual(again, fresh);
  });
});
