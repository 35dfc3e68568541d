import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { faceRegions, regionPolygons } from '../../src/face/regions.js';
import { segmentRegions } from '../../src/face/segment-regions.js';
import { fillPolygon } from '../../src/image/fill-polygon.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import { blankImage } from '../../src/image/raster-image.js';
import { segmentAreas } from '../../src/image/superpixels/segmentation.js';
import { frontalLandmarks } from './landmarks68.js';

const cv = await loadOpenCv();
const size = { width: 400, height: 400 };
const landmarks = frontalLandmarks();

describe('segmentRegions', () => {
  it('gives every region its polygon, less what an earlier region covers', () => {
    const { labels, count, names } = segmentRegions(cv, landmarks, size);
    assert.deepEqual(names, [...faceRegions, 'background']);
    assert.equal(count, 12);
    const owner = new Int32Array(400 * 400).fill(11);
    for (const [index, region] of faceRegions.entries()) {
      const mask = fillPolygon(cv, blankImage(400, 400, 1), regionPolygons(region, landmarks)[0], [1]);
      mask.data.forEach((inside, pixel) => {
        if (inside && owner[pixel] === 11) owner[pixel] = index;
      });
    }
    assert.deepEqual(labels, owner);
  });

  it('leaves out regions outside the image, and the background where there is none', () => {
    const face = landmarks.map(([x, y]) => [x - 200, y - 140] as const);
    const half = segmentRegions(cv, face, { width: 150, height: 150 });
    assert.equal(half.count, half.names.length);
    assert.ok(!half.names.includes('right_eye'));
    assert.ok(half.names.includes('left_eye') && half.names.includes('background'));
    assert.ok(segmentAreas(half).every((area) => area > 0));

    const noseOnly = segmentRegions(cv, face, { width: 2, height: 50 });
    assert.deepEqual(noseOnly.names, ['nose', 'background']);
    const inNose = segmentRegions(
      cv,
      face.map(([x, y]) => [x, y - 30] as const),
      { width: 1, height: 20 },
    );
    assert.deepEqual(inNose.names, ['nose']);
    assert.ok(inNose.labels.every((label) => label === 0));
  });

  it('gives a landmark model that found nothing usable one segment', () => {
    const far = landmarks.map(([x, y]) => [x + 5000, y] as const);
    const { names, count } = segmentRegions(cv, far, size);
    assert.deepEqual(names, ['background']);
    assert.equal(count, 1);
  });
});
