import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';
import type { Detector } from '../../src/face/detector.js';
import { openDetector } from '../../src/face/open-detector.js';

interface Golden {
  file: string;
  faces: { box_xyxy: number[]; probability: number; landmarks: [number, number][] }[];
}

const data = process.env.FACEPROBE_DATA;

describe('MTCNN against facenet-pytorch', { skip: data === undefined && 'FACEPROBE_DATA is not set' }, () => {
  const golden = JSON.parse(readFileSync(join(data ?? '', 'golden/mtcnn/faces.json'), 'utf8')) as Golden[];
  let detector: Detector;
  before(async () => {
    detector = await openDetector('mtcnn');
  });
  after(() => detector.close());

  it('finds the same boxes, points and probabilities: the weights are the same', async () => {
    assert.equal(golden.length, 20);
    for (const { file, faces } of golden) {
      const { image } = await decodeImage(join(data!, file));
      const found = await detector.detect(image);
      assert.equal(found.length, faces.length, file);
      found.forEach(({ box, score, points }, i) => {
        const { box_xyxy, probability, landmarks } = faces[i];
        const corners = [box.x, box.y, box.x + box.width, box.y + box.height];
        corners.forEach((value, k) =>
          assert.ok(Math.abs(value - box_xyxy[k]) < 0.01, `${file} box ${value}`),
        );
        assert.ok(Math.abs(score - probability) < 1e-5, `${file} score ${score}`);
        const { rightEye, leftEye, nose, mouthRight, mouthLeft } = points!;
        [rightEye, leftEye, nose, mouthRight, mouthLeft].forEach(([x, y], k) => {
          const distance = Math.hypot(x - landmarks[k][0], y - landmarks[k][1]);
          assert.ok(distance < 0.01, `${file} point ${k}: ${distance} px`);
        });
      });
    }
  });

  it('finds the same face in a photograph that is enlarged beyond the size that is searched whole', async () => {
    const { file, faces } = golden[10];
    const { image } = await decodeImage(join(data!, file));
    const factor = 16;
    const large = {
      width: 250 * factor,
      height: 250 * factor,
      channels: 3 as const,
      data: enlarge(image.data, 250, factor),
    };
    const [face] = await detector.detect(large);
    const [left, top, right, bottom] = faces[0].box_xyxy.map((value) => value * factor);
    const { x, y, width, height } = face.box;
    const overlap =
      Math.max(0, Math.min(x + width, right) - Math.max(x, left)) *
      Math.max(0, Math.min(y + height, bottom) - Math.max(y, top));
    const union = width * height + (right - left) * (bottom - top) - overlap;
    assert.ok(overlap / union > 0.9, `IoU ${overlap / union}`);
  });

  it('refuses a smallest face that is too small for the photograph', async () => {
    const fussy = await openDetector('mtcnn', { minFaceSize: 12 });
    const blank = { width: 3000, height: 100, channels: 3 as const, data: new Uint8Array(900000) };
    await assert.rejects(fussy.detect(blank), /give at least 15/);
    await fussy.close();
  });

  it('finds nothing in an image without a face, however small', async () => {
    for (const [width, height] of [
      [1, 1],
      [19, 300],
      [300, 300],
    ]) {
      const gray = {
        width,
        height,
        channels: 3 as const,
        data: new Uint8Array(width * height * 3).fill(128),
      };
      assert.deepEqual(await detector.detect(gray), [], `${width} x ${height}`);
    }
  });
});

/** Repeats every pixel of a square RGB image. */
function enlarge(data: Uint8Array, side: number, factor: number): Uint8Array {
  const large = new Uint8Array(data.length * factor * factor);
  for (let y = 0, to = 0; y < side * factor; y++) {
    for (let x = 0; x < side * factor; x++, to += 3) {
      const from = (Math.floor(y / factor) * side + Math.floor(x / factor)) * 3;
      large.set(data.subarray(from, from + 3), to);
    }
  }
  return large;
}
