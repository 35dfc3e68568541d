import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalFace } from '../../../src/face/canonical/canonical-face.js';
import { canonicalRegions } from '../../../src/face/canonical/canonical-regions.js';
import { faceOutline } from '../../../src/face/face-outline.js';
import { faceRegions } from '../../../src/face/regions.js';
import { loadOpenCv } from '../../../src/image/opencv.js';

const { width, height, landmarks } = canonicalFace();

describe('canonicalRegions', () => {
  it('has a mask for each of the eleven regions, all of it in the picture, as symmetric as the face', async () => {
    const masks = canonicalRegions(await loadOpenCv());
    const area = (mask: Uint8Array) => mask.reduce((sum, sample) => sum + sample, 0);
    assert.deepEqual(Object.keys(masks), [...faceRegions]);
    for (const region of faceRegions) {
      const mask = masks[region];
      assert.equal(mask.length, width * height);
      assert.ok(mask.every((sample) => sample <= 1));
      assert.ok(area(mask) > 250 && area(mask) < 0.3 * width * height, `${region}: ${area(mask)}`);
      // Nothing is cut off by the border of the picture.
      for (let x = 0; x < width; x++) assert.equal(mask[x] + mask[(height - 1) * width + x], 0, region);
      const other = region.startsWith('left_')
        ? region.replace('left_', 'right_')
        : region.replace('right_', 'left_');
      const counterpart = masks[other as keyof typeof masks];
      let unlike = 0;
      mask.forEach((sample, at) => {
        const mirrored = at - (at % width) + (width - 1 - (at % width));
        if (sample !== counterpart[mirrored]) unlike++;
      });
      // Rounding to whole pixels moves a border by up to a pixel.
      assert.ok(unlike < 0.15 * area(mask), `${region}: ${unlike} of ${area(mask)}`);
    }
  });

  it('puts each landmark of an eye into its eye', async () => {
    const masks = canonicalRegions(await loadOpenCv());
    landmarks.slice(42, 48).forEach(([x, y]) => {
      assert.equal(masks.left_eye[Math.round(y) * width + Math.round(x)], 1);
    });
  });
});

describe('faceOutline', () => {
  it('draws every landmark, eyes and lips closed', () => {
    const lines = faceOutline(landmarks);
    assert.equal(new Set(lines.flat()).size, 68);
    assert.deepEqual(
      lines.map((line) => line[0] === line.at(-1)),
      [false, false, false, false, false, true, true, true, true],
    );
  });
});
