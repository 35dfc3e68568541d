import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { OpenCv } from '../../src/image/opencv.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import { resize } from '../../src/image/resize.js';
import type { CardInput } from '../../src/model/card.js';
import { inputLength, inputShape, writeInput } from '../../src/model/write-input.js';

const input: CardInput = {
  width: 2,
  height: 1,
  layout: 'NCHW',
  channels: 'RGB',
  mean: [0],
  std: [1],
  crop: { kind: 'whole' },
  resize: 'linear',
};

/** Two pixels: (10, 20, 30) and (40, 50, 60). */
const image: RasterImage = { width: 2, height: 1, channels: 3, data: Uint8Array.of(10, 20, 30, 40, 50, 60) };

describe('writeInput', () => {
  let cv: OpenCv;
  before(async () => (cv = await loadOpenCv()));

  function written(change: Partial<CardInput>, source = image): number[] {
    const card = { ...input, ...change };
    const into = new Float32Array(inputLength(card, source));
    writeInput(cv, card, source, into, 0);
    return [...into];
  }

  it('puts channels apart (NCHW) or side by side (NHWC)', () => {
    assert.deepEqual(written({}), [10, 40, 20, 50, 30, 60]);
    assert.deepEqual(written({ layout: 'NHWC' }), [10, 20, 30, 40, 50, 60]);
  });

  it('turns R, G, B round where the network wants B, G, R', () => {
    assert.deepEqual(written({ channels: 'BGR' }), [30, 60, 20, 50, 10, 40]);
    assert.deepEqual(written({ channels: 'BGR', layout: 'NHWC' }), [30, 20, 10, 60, 50, 40]);
  });

  it("takes mean and std in the order of the network's channels", () => {
    const change = { mean: [1, 2, 3], std: [1, 2, 4] };
    assert.deepEqual(written(change), [9, 39, 9, 24, 6.75, 14.25]);
    assert.deepEqual(written({ ...change, channels: 'BGR' }), [29, 59, 9, 24, 1.75, 9.25]);
    assert.deepEqual(written({ mean: [10], std: [2] }), [0, 15, 5, 20, 10, 25]);
  });

  it('makes gray by BT.601 and copies gray into three channels', () => {
    // (9798 R + 19235 G + 3735 B + 16384) >> 15
    assert.deepEqual(written({ channels: 'gray' }), [18, 48]);
    const gray: RasterImage = { width: 2, height: 1, channels: 1, data: Uint8Array.of(7, 9) };
    assert.deepEqual(written({}, gray), [7, 9, 7, 9, 7, 9]);
    assert.deepEqual(written({ channels: 'gray' }, gray), [7, 9]);
  });

  it('writes only its row of the batch', () => {
    const into = new Float32Array(18).fill(-1);
    writeInput(cv, input, image, into, 1);
    assert.deepEqual(
      [...into],
      [...Array<number>(6).fill(-1), 10, 40, 20, 50, 30, 60, ...Array<number>(6).fill(-1)],
    );
    assert.throws(() => writeInput(cv, input, image, into, 3), RangeError);
  });

  it('resizes to the size of the card, and keeps the size where the card leaves it free', () => {
    const large: RasterImage = {
      width: 5,
      height: 4,
      channels: 3,
      data: Uint8Array.from({ length: 60 }, (_, index) => (index * 53) % 256),
    };
    const cases = [
      ['linear', 'linear'],
      ['cubic', 'cubic'],
      ['area-or-lanczos4', 'area'],
    ] as const;
    for (const [wanted, used] of cases) {
      const expected = resize(cv, large, 2, 1, used);
      assert.deepEqual(written({ resize: wanted, layout: 'NHWC' }, large), [...expected.data]);
    }
    const enlarged = resize(cv, large, 10, 8, 'lanczos4');
    const change = { width: 10, height: 8, resize: 'area-or-lanczos4', layout: 'NHWC' } as const;
    assert.deepEqual(written(change, large), [...enlarged.data]);
    assert.deepEqual(written({ width: null, height: null, layout: 'NHWC' }, large), [...large.data]);
  });

  it('says the shape of a batch in the layout', () => {
    assert.deepEqual(inputShape(input, 16, image), [16, 3, 1, 2]);
    assert.deepEqual(inputShape({ ...input, layout: 'NHWC' }, 16, image), [16, 1, 2, 3]);
    assert.deepEqual(
      inputShape({ ...input, channels: 'gray', width: null, height: null }, 1, image),
      [1, 1, 1, 2],
    );
  });
});
