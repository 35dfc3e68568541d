import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';
import type { Face } from '../../src/face/face.js';
import { openDetector } from '../../src/face/open-detector.js';
import { openLandmarkModel } from '../../src/face/open-landmark-model.js';
import type { Point } from '../../src/image/geometry.js';

interface Golden {
  file: string;
  explicit: { rect: [number, number, number, number]; points: Point[] }[];
}

const data = process.env.FACEPROBE_DATA;
const noData = data === undefined && 'FACEPROBE_DATA is not set';
const predictorFile = '/usr/share/dlib/shape_predictor_68_face_landmarks.dat';
const noDlib = !existsSync(predictorFile) && `${predictorFile} is missing (Debian package libdlib-data)`;

/** Mean distance of the points from the reference, in units of the distance of the eyes. */
function normalisedError(points: readonly Point[], reference: readonly Point[]): number {
  const eye = (from: number): Point => {
    const six = reference.slice(from, from + 6);
    return [six.reduce((sum, [x]) => sum + x, 0) / 6, six.reduce((sum, [, y]) => sum + y, 0) / 6];
  };
  const [right, left] = [eye(36), eye(42)];
  const unit = Math.hypot(left[0] - right[0], left[1] - right[1]);
  const distances = points.map(([x, y], i) => Math.hypot(x - reference[i][0], y - reference[i][1]));
  return distances.reduce((sum, distance) => sum + distance, 0) / points.length / unit;
}

function centreDistance({ box }: Face, [left, top, right, bottom]: readonly number[]): number {
  return Math.hypot(box.x + box.width / 2 - (left + right) / 2, box.y + box.height / 2 - (top + bottom) / 2);
}

describe('landmarks in boxes of another detector, against dlib in its own', { skip: noData }, () => {
  const golden = JSON.parse(readFileSync(join(data ?? '', 'golden/dlib68/points.json'), 'utf8')) as Golden[];

  async function errors(prefer: 'dlib68' | 'fr68'): Promise<number[]> {
    const detector = await openDetector('ultraface');
    const model = await openLandmarkModel({ prefer });
    const found: number[] = [];
    for (const { file, explicit } of golden) {
      const [{ rect, points }] = explicit;
      const { image } = await decodeImage(join(data!, file));
      const faces = await detector.detect(image);
      const [face] = faces.sort((a, b) => centreDistance(a, rect) - centreDistance(b, rect));
      found.push(normalisedError(await model.landmarks(image, face.box), points));
    }
    await detector.close();
    await model.close();
    return found.sort((a, b) => a - b);
  }

  it('the 68-point network stays within 4 % of the distance of the eyes, half of the time 3.5 %', async () => {
    const sorted = await errors('fr68');
    assert.equal(sorted.length, 44);
    assert.ok(sorted[22] < 0.035, `median ${sorted[22]}`);
    const mean = sorted.reduce((sum, error) => sum + error, 0) / sorted.length;
    assert.ok(mean < 0.04, `mean ${mean}`);
  });

  it(
    'dlib’s predictor stays within 3 % but for one face that is nearly in profile',
    { skip: noDlib },
    async () => {
      const sorted = await errors('dlib68');
      assert.ok(sorted[22] < 0.0125, `median ${sorted[22]}`);
      assert.ok(sorted[42] < 0.05, `second largest ${sorted[42]}`);
    },
  );

  it('takes an exact rectangle as it is', { skip: noDlib }, async () => {
    const model = await openLandmarkModel({ file: predictorFile });
    const { file, explicit } = golden[0];
    const { image } = await decodeImage(join(data!, file));
    for (const { rect, points } of explicit) {
      const [x, y] = rect;
      const box = { x, y, width: rect[2] - x + 1, height: rect[3] - y + 1 };
      assert.deepEqual(await model.landmarks(image, box, { exact: true }), points);
    }
  });
});
