import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { openLandmarkModel, readPredictor } from '../../src/face/open-landmark-model.js';
import type { ShapePredictor } from '../../src/face/landmarks/dlib/shape-predictor.js';
import type { Point } from '../../src/image/geometry.js';
import { blankImage } from '../../src/image/raster-image.js';
import type { FindFacesData } from './find-faces.worker.js';
import { serialise, smallPredictor } from './landmarks/dlib/serialise.js';

/** 68 points on a grid that no tree moves. */
function stillPredictor(parts: number): ShapePredictor {
  return {
    parts,
    cascades: 1,
    trees: 1,
    splits: 1,
    pixels: 1,
    initialShape: Float32Array.from({ length: parts * 2 }, (_, i) => ((i * 7) % 64) / 64),
    first: Uint16Array.of(0),
    second: Uint16Array.of(0),
    threshold: Float32Array.of(0),
    leaves: new Float32Array(parts * 4),
    anchor: Uint16Array.of(0),
    delta: Float32Array.of(0, 0),
  };
}

describe('openLandmarkModel', () => {
  let home: string;
  before(() => (home = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
  after(() => rmSync(home, { recursive: true }));

  it('takes the predictor of the home folder, and puts the points into the box', async () => {
    writeFileSync(join(home, 'shape_predictor_68_face_landmarks.dat'), serialise(stillPredictor(68)));
    const model = await openLandmarkModel({ home });
    assert.equal(model.name, 'dlib68');
    const gray = blankImage(100, 100, 1);
    const exact = await model.landmarks(gray, { x: 10, y: 20, width: 65, height: 65 }, { exact: true });
    assert.deepEqual(exact[0], [10, 27]);
    // A box that is not square is taken as the square of its height about its centre.
    const tall = await model.landmarks(gray, { x: 20, y: 20, width: 45, height: 65 });
    assert.deepEqual(tall, exact);
  });

  it('works in a worker thread with a predictor that was read outside of it', async () => {
    const predictor = await readPredictor({ home });
    const photograph = join(home, 'gray.png');
    await sharp({ create: { width: 100, height: 100, channels: 3, background: 'gray' } }).toFile(photograph);
    const worker = new Worker(new URL('./find-faces.worker.js', import.meta.url), {
      workerData: { photograph, detector: undefined, landmarks: { predictor } } satisfies FindFacesData,
    });
    const [found] = (await once(worker, 'message')) as [{ model: string; points: Point[] }];
    assert.equal(found.model, 'dlib68');
    assert.deepEqual(found.points[0], [10, 27]);
    await worker.terminate();
  });

  it('refuses a predictor of other points', async () => {
    const file = join(home, 'small.dat');
    writeFileSync(file, serialise(smallPredictor()));
    await assert.rejects(openLandmarkModel({ file }), /small\.dat: it finds 3 landmarks, not 68/);
  });

  it('refuses a file that is not there instead of taking the network', async () => {
    await assert.rejects(openLandmarkModel({ file: join(home, 'none.dat') }), /cannot be opened/);
  });
});
