import assert from 'node:assert/strict';
import { once } from 'node:events';
import { before, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { decodeImage } from '../../src/dataset/decode-image.js';
import type { Face } from '../../src/face/face.js';
import { openDetector } from '../../src/face/open-detector.js';
import { openLandmarkModel } from '../../src/face/open-landmark-model.js';
import type { Point } from '../../src/image/geometry.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import { findEntry } from '../../src/model/zoo/catalogue.js';
import { fetchFiles } from '../../src/model/zoo/fetch-files.js';
import type { FindFacesData } from './find-faces.worker.js';

/** How many faces the zoo's photographs show, apart from two that look down in the second. */
const faceCounts = [3, 1, 3, 4, 5, 4];

describe('detectors on the photographs of the zoo', () => {
  let files: string[];
  let photographs: RasterImage[];
  before(async () => {
    files = await fetchFiles(await findEntry('photographs'));
    photographs = await Promise.all(files.map(async (file) => (await decodeImage(file)).image));
  });

  it('MTCNN is sure of every face, and puts the points where they belong', async () => {
    const detector = await openDetector('mtcnn');
    for (const [i, photograph] of photographs.entries()) {
      const faces = (await detector.detect(photograph)).filter(({ score }) => score > 0.99);
      assert.equal(faces.length, faceCounts[i], files[i]);
      for (const { box, points } of faces) {
        const { leftEye, rightEye, nose, mouthLeft, mouthRight } = points!;
        assert.ok(leftEye[0] > rightEye[0] && mouthLeft[0] > mouthRight[0]);
        assert.ok((leftEye[1] + rightEye[1]) / 2 < nose[1] && nose[1] < (mouthLeft[1] + mouthRight[1]) / 2);
        const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
        for (const [x, y] of [leftEye, rightEye, nose, mouthLeft, mouthRight]) {
          assert.ok(Math.abs(x - middleX) < 0.6 * box.width && Math.abs(y - middleY) < 0.6 * box.height);
        }
      }
    }
    await detector.close();
  });

  it('UltraFace and MTCNN mean the same face, and the landmarks agree with MTCNN’s points', async () => {
    const [mtcnn, ultraface] = [await openDetector('mtcnn'), await openDetector('ultraface')];
    const model = await openLandmarkModel({ prefer: 'fr68' });
    for (const [i, photograph] of photographs.entries()) {
      const [face] = await mtcnn.detect(photograph);
      const boxes = (await ultraface.detect(photograph)).map(({ box }) => box);
      const [cx, cy] = [face.box.x + face.box.width / 2, face.box.y + face.box.height / 2];
      const same = boxes.find(
        ({ x, y, width, height }) => x < cx && cx < x + width && y < cy && cy < y + height,
      );
      assert.ok(same !== undefined, files[i]);
      const landmarks = await model.landmarks(photograph, same);
      const distance = Math.hypot(
        landmarks[30][0] - face.points!.nose[0],
        landmarks[30][1] - face.points!.nose[1],
      );
      assert.ok(distance < 0.15 * face.box.width, `${files[i]}: ${distance}`);
    }
    await Promise.all([mtcnn.close(), ultraface.close(), model.close()]);
  });

  it('finds the same in a worker thread with sessions of its own', async () => {
    for (const name of ['mtcnn', 'ultraface'] as const) {
      const detector = await openDetector(name);
      const model = await openLandmarkModel({ prefer: 'fr68' });
      const faces = await detector.detect(photographs[0]);
      const points: Point[][] = [];
      for (const { box } of faces) points.push(await model.landmarks(photographs[0], box));
      await Promise.all([detector.close(), model.close()]);

      const worker = new Worker(new URL('./find-faces.worker.js', import.meta.url), {
        workerData: {
          photograph: files[0],
          detector: name,
          landmarks: { prefer: 'fr68' },
        } satisfies FindFacesData,
      });
      const [found] = (await once(worker, 'message')) as [{ faces: Face[]; points: Point[][] }];
      assert.deepEqual(found.faces, faces);
      assert.deepEqual(found.points, points);
      await worker.terminate();
    }
  });
});
