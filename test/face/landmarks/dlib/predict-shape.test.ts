import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { predictShape } from '../../../../src/face/landmarks/dlib/predict-shape.js';
import type { ShapePredictor } from '../../../../src/face/landmarks/dlib/shape-predictor.js';
import { blankImage } from '../../../../src/image/raster-image.js';
import { smallPredictor } from './serialise.js';

/** One tree with one split: pixel 0 (at landmark 0) brighter than pixel 1 (at landmark 1) by more than 10. */
const oneSplit: ShapePredictor = {
  parts: 2,
  cascades: 1,
  trees: 1,
  splits: 1,
  pixels: 2,
  initialShape: Float32Array.of(0, 0, 1, 1),
  first: Uint16Array.of(0),
  second: Uint16Array.of(1),
  threshold: Float32Array.of(10),
  leaves: Float32Array.of(0.5, 0, 0, 0, 0, 0.25, 0, 0),
  anchor: Uint16Array.of(0, 1),
  delta: new Float32Array(4),
};
const rectangle = { left: 2, top: 3, right: 10, bottom: 7 };

describe('predictShape', () => {
  it('goes left where the difference exceeds the threshold, else right', () => {
    const gray = blankImage(20, 20, 1);
    gray.data[3 * 20 + 2] = 11;
    assert.deepEqual(predictShape(oneSplit, gray, rectangle), [
      [6, 3],
      [10, 7],
    ]);
    gray.data[3 * 20 + 2] = 10;
    assert.deepEqual(predictShape(oneSplit, gray, rectangle), [
      [2, 4],
      [10, 7],
    ]);
  });

  it('counts pixels outside the image as 0', () => {
    const gray = blankImage(8, 8, 1);
    gray.data.fill(200);
    const outside = { left: 2, top: 3, right: 10, bottom: 7 };
    assert.deepEqual(predictShape(oneSplit, gray, outside)[0], [6, 3]);
  });

  it('moves with the face: a shifted image and rectangle give shifted points', () => {
    const predictor = smallPredictor(7);
    const gray = blankImage(64, 64, 1);
    const shifted = blankImage(64, 64, 1);
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 40; x++) {
        gray.data[y * 64 + x] = (x * 37 + y * 91) % 256;
        shifted.data[(y + 9) * 64 + x + 5] = (x * 37 + y * 91) % 256;
      }
    }
    const points = predictShape(predictor, gray, { left: 8, top: 8, right: 31, bottom: 31 });
    const moved = predictShape(predictor, shifted, { left: 13, top: 17, right: 36, bottom: 40 });
    assert.deepEqual(
      moved,
      points.map(([x, y]) => [x + 5, y + 9]),
    );
  });
});
