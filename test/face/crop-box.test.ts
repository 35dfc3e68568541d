import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cropBox, type CropBorder } from '../../src/face/crop-box.js';
import type { RasterImage } from '../../src/image/raster-image.js';

/** 4 x 3, samples 10 y + x + 1. */
const gray: RasterImage = {
  width: 4,
  height: 3,
  channels: 1,
  data: Uint8Array.from({ length: 12 }, (_, i) => 10 * Math.floor(i / 4) + (i % 4) + 1),
};

function row(x: number, width: number, border?: CropBorder): number[] {
  return [...cropBox(gray, { x, y: 0, width, height: 1 }, border).data];
}

describe('cropBox', () => {
  it('takes the pixels of a box inside', () => {
    assert.deepEqual([...cropBox(gray, { x: 1, y: 1, width: 2, height: 2 }).data], [12, 13, 22, 23]);
  });

  it('fills what lies outside as OpenCV’s borders do', () => {
    assert.deepEqual(row(-2, 8), [0, 0, 1, 2, 3, 4, 0, 0]);
    assert.deepEqual(row(-2, 8, 'replicate'), [1, 1, 1, 2, 3, 4, 4, 4]);
    assert.deepEqual(row(-2, 8, 'reflect'), [3, 2, 1, 2, 3, 4, 3, 2]);
  });

  it('reflects more than once where the box is far outside', () => {
    assert.deepEqual(
      row(-8, 8, 'reflect'),
      Array.from({ length: 8 }, (_, i) => reflect101(i - 8) + 1),
    );
    assert.deepEqual(
      row(9, 3, 'reflect'),
      [9, 10, 11].map((x) => reflect101(x) + 1),
    );
    assert.deepEqual(row(9, 3), [0, 0, 0]);
  });

  it('fills above and below', () => {
    assert.deepEqual([...cropBox(gray, { x: 0, y: -1, width: 1, height: 5 }).data], [0, 1, 11, 21, 0]);
    assert.deepEqual(
      [...cropBox(gray, { x: 0, y: -1, width: 1, height: 5 }, 'reflect').data],
      [11, 1, 11, 21, 11],
    );
  });

  it('keeps the channels of a colour side by side', () => {
    const rgb: RasterImage = { width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const box = { x: -1, y: 0, width: 4, height: 1 };
    assert.deepEqual([...cropBox(rgb, box, 'replicate').data], [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]);
    assert.deepEqual([...cropBox(rgb, box).data], [0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0]);
  });
});

/** By walking: back and forth over 0..3 without repeating the ends. */
function reflect101(index: number): number {
  let at = index < 0 ? -index : index;
  while (at > 3 || at < 0) at = at > 3 ? 6 - at : -at;
  return at;
}
