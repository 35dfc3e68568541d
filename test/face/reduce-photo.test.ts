import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enlargeFace, LARGEST_SIDE, reducePhoto, reductionFactor } from '../../src/face/reduce-photo.js';
import type { Face } from '../../src/face/face.js';
import type { RasterImage } from '../../src/image/raster-image.js';

describe('reducePhoto', () => {
  it('averages whole blocks and drops the rest', () => {
    const photo: RasterImage = {
      width: 5,
      height: 3,
      channels: 1,
      data: Uint8Array.of(0, 2, 10, 10, 99, 4, 6, 10, 11, 99, 99, 99, 99, 99, 99),
    };
    const reduced = reducePhoto(photo, 2);
    assert.deepEqual([reduced.width, reduced.height], [2, 1]);
    assert.deepEqual([...reduced.data], [3, 10]);
  });

  it('keeps colours apart', () => {
    const photo: RasterImage = {
      width: 2,
      height: 1,
      channels: 3,
      data: Uint8Array.of(0, 10, 20, 2, 30, 22),
    };
    assert.deepEqual([...reducePhoto(photo, 2).data], [1, 20, 21]);
  });

  it('leaves a photograph of ordinary size alone', () => {
    const photo = { width: LARGEST_SIDE, height: 10, channels: 1, data: new Uint8Array(0) } as const;
    assert.equal(reductionFactor(photo), 1);
    assert.equal(reducePhoto(photo, 1), photo);
    assert.equal(reductionFactor({ width: 1, height: 12000 }), 4);
  });
});

describe('enlargeFace', () => {
  it('takes boxes by their edges and points by their pixels’ centres', () => {
    const point = [3, 5] as const;
    const face: Face = {
      box: { x: 1, y: 2, width: 10, height: 20 },
      score: 0.5,
      points: { leftEye: point, rightEye: point, nose: point, mouthLeft: point, mouthRight: point },
    };
    const enlarged = enlargeFace(face, 4);
    assert.deepEqual(enlarged.box, { x: 4, y: 8, width: 40, height: 80 });
    // Reduced pixel 3 covers the pixels 12..15, whose middle is 13.5.
    assert.deepEqual(enlarged.points?.nose, [13.5, 21.5]);
  });
});
