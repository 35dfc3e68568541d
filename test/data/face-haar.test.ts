import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openHaar } from '../../src/face/detectors/haar.js';
import { Problem } from '../../src/problem.js';
import { decodeImage } from '../../src/dataset/decode-image.js';

interface Golden {
  file: string;
  boxes_xywh: [number, number, number, number][];
}

const data = process.env.FACEPROBE_DATA;

describe(
  'the Haar cascade against OpenCV 4.6',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    const golden = JSON.parse(readFileSync(join(data ?? '', 'golden/haar/boxes.json'), 'utf8')) as Golden[];
    const cascade = join(data ?? '', 'models/detectors/haarcascade_frontalface_default.xml');

    it('finds the same boxes in the same order in 20 photographs', async () => {
      assert.equal(golden.length, 20);
      const detector = await openHaar({ cascade });
      for (const { file, boxes_xywh } of golden) {
        const faces = await detector.detect((await decodeImage(join(data!, file))).image);
        const boxes = faces.map(({ box }) => [box.x, box.y, box.width, box.height]);
        assert.deepEqual(boxes, boxes_xywh, file);
      }
      await detector.close();
    });

    it('gives the true face the higher score where there is a false one', async () => {
      const detector = await openHaar({ cascade });
      for (const { file, boxes_xywh } of golden.filter((row) => row.boxes_xywh.length > 1)) {
        const faces = await detector.detect((await decodeImage(join(data!, file))).image);
        const scores = faces.map(({ score }) => score);
        const surest = boxes_xywh[scores.indexOf(Math.max(...scores))];
        const [x, y, width, height] = surest;
        // The faces of these photographs are in the middle.
        const half = file.startsWith('frll') ? 337 : 125;
        assert.ok(x < half && half < x + width && y < half && half < y + height, file);
      }
      await detector.close();
    });

    it('leaves out faces under the smallest size', async () => {
      const detector = await openHaar({ cascade, minFaceSize: 200 });
      const faces = await detector.detect(
        (await decodeImage(join(data!, 'lfw10/Ariel_Sharon/Ariel_Sharon_0001.jpg'))).image,
      );
      assert.deepEqual(faces, []);
      await detector.close();
    });

    it('refuses a file that is no cascade', async () => {
      await assert.rejects(openHaar({ cascade: join(data!, 'README.md') }), Problem);
      await assert.rejects(openHaar({ cascade: join(data!, 'none.xml') }), Problem);
    });
  },
);
