import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { alignFace } from '../../src/face/align-face.js';
import type { FivePoints } from '../../src/face/face.js';
import type { Point } from '../../src/image/geometry.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import { decodeImage } from '../../src/dataset/decode-image.js';

interface Crop {
  file: string;
  crop: string;
  points5: Point[];
  matrix_2x3: number[][];
}

const data = process.env.FACEPROBE_DATA;

describe(
  'ArcFace alignment against Umeyama and OpenCV',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    const { crops } = JSON.parse(readFileSync(join(data ?? '', 'golden/xssab/crops.json'), 'utf8')) as {
      crops: Crop[];
    };

    for (const crop of crops) {
      it(`finds the matrix and the pixels of ${crop.file}`, async () => {
        const [rightEye, leftEye, nose, mouthRight, mouthLeft] = crop.points5;
        const points: FivePoints = { leftEye, rightEye, nose, mouthLeft, mouthRight };
        const photo = (await decodeImage(join(data!, crop.file))).image;
        const { image, matrix } = alignFace(await loadOpenCv(), photo, points, 112, 112);
        matrix.forEach((value, i) => {
          assert.ok(Math.abs(value - crop.matrix_2x3.flat()[i]) < 1e-9, `${i}: ${value}`);
        });
        const golden = (await decodeImage(join(data!, 'golden/xssab', crop.crop))).image;
        assert.deepEqual(image.data, golden.data);
      });
    }
  },
);
