import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { predictShape } from '../../src/face/landmarks/dlib/predict-shape.js';
import { readShapePredictor } from '../../src/face/landmarks/dlib/read-shape-predictor.js';
import type { ShapePredictor } from '../../src/face/landmarks/dlib/shape-predictor.js';
import { toGray } from '../../src/image/gray.js';
import { decodeImage } from '../../src/dataset/decode-image.js';

interface Golden {
  file: string;
  gray_sha256: string;
  explicit: Shape[];
  detections_upsample0: Shape[];
  detections_upsample1: Shape[];
}
interface Shape {
  rect: [left: number, top: number, right: number, bottom: number];
  points: [number, number][];
}

const data = process.env.FACEPROBE_DATA;
const predictorFile = '/usr/share/dlib/shape_predictor_68_face_landmarks.dat';
const skip =
  (data === undefined && 'FACEPROBE_DATA is not set') ||
  (!existsSync(predictorFile) && `${predictorFile} is missing (Debian package libdlib-data)`);

describe('the 68-point predictor of dlib against dlib 19.24', { skip }, () => {
  let predictor: ShapePredictor;
  before(async () => {
    predictor = await readShapePredictor(predictorFile);
  });

  it('finds the same points in the same rectangles of 44 photographs, to the pixel', async () => {
    const golden = JSON.parse(readFileSync(join(data!, 'golden/dlib68/points.json'), 'utf8')) as Golden[];
    assert.equal(golden.length, 44);
    for (const row of golden) {
      const gray = toGray((await decodeImage(join(data!, row.file))).image);
      assert.equal(createHash('sha256').update(gray.data).digest('hex'), row.gray_sha256);
      for (const shape of [...row.explicit, ...row.detections_upsample0, ...row.detections_upsample1]) {
        const [left, top, right, bottom] = shape.rect;
        const points = predictShape(predictor, gray, { left, top, right, bottom });
        assert.deepEqual(points, shape.points, `${row.file} ${shape.rect.join(',')}`);
      }
    }
  });
});
