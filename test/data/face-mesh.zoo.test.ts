import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';
import type { LandmarkModel } from '../../src/face/landmark-model.js';
import { openDetector } from '../../src/face/open-detector.js';
import { openLandmarkModel } from '../../src/face/open-landmark-model.js';
import { regionBoxes } from '../../src/face/region-boxes.js';
import type { Point } from '../../src/image/geometry.js';
import { blankImage } from '../../src/image/raster-image.js';
import { findFaces } from '../../src/study/faces/find-faces.js';

const data = process.env.FACEPROBE_DATA;
const folder = join(data ?? '', 'frll');

/** Points of the FRLL template (0 is the right pupil, 1 the left one) and what is nearest to them in the mesh. */
const counterparts: readonly (readonly [frll: number, mesh: number])[] = [
  [18, 33], // corners of the eyes
  [22, 133],
  [23, 362],
  [27, 263],
  [20, 159], // lids
  [29, 145],
  [25, 386],
  [32, 374],
  [87, 61], // corners of the mouth
  [93, 291],
  [90, 0], // upper and lower lip
  [106, 17],
  [129, 152], // chin
];

function pointsByHand(file: string): Point[] {
  return readFileSync(join(folder, 'landmarks189.csv'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${file},`))
    .map((line) => line.split(',').slice(2).map(Number) as [number, number]);
}

describe(
  'the mesh of 468 points on real faces',
  {
    skip: data === undefined && 'FACEPROBE_DATA is not set',
  },
  () => {
    const files = ['001', '010', '037', '064', '094', '142'].map((id) => `neutral_front/${id}_03.jpg`);
    let mesh: LandmarkModel;
    const found = new Map<string, Point[]>();

    before(async () => {
      mesh = await openLandmarkModel({ prefer: 'mesh468' });
      const detector = await openDetector('ultraface');
      for (const file of files) {
        const { image } = await decodeImage(join(folder, file));
        const [{ box }] = await detector.detect(image);
        found.set(file, await mesh.landmarks(image, box));
      }
      await detector.close();
    });
    after(() => mesh.close());

    it('lies within 4.5 % of the distance of the eyes of the points set by people', () => {
      assert.equal(mesh.name, 'mesh468');
      for (const file of files) {
        const points = found.get(file)!;
        assert.equal(points.length, 468);
        const byHand = pointsByHand(file);
        assert.equal(byHand.length, 189);
        const unit = Math.hypot(byHand[1][0] - byHand[0][0], byHand[1][1] - byHand[0][1]);
        const distances = counterparts.map(([i, j]) =>
          Math.hypot(points[j][0] - byHand[i][0], points[j][1] - byHand[i][1]),
        );
        const error = distances.reduce((sum, distance) => sum + distance, 0) / distances.length / unit;
        assert.ok(error < 0.045, `${file}: ${error}`);
      }
    });

    it('has the subject’s left on the right of the photograph, and each pupil in its eye', () => {
      for (const file of files) {
        const boxes = new Map(regionBoxes(found.get(file)!).map(({ name, box }) => [name, box]));
        const centre = (
          name: 'left_eye' | 'right_eye' | 'left_cheek' | 'right_cheek' | 'left_eyebrow' | 'right_eyebrow',
        ) => {
          const { x, width } = boxes.get(name)!;
          return x + width / 2;
        };
        assert.ok(centre('left_eye') > centre('right_eye'));
        assert.ok(centre('left_cheek') > centre('right_cheek'));
        assert.ok(centre('left_eyebrow') > centre('right_eyebrow'));
        const [right, left] = pointsByHand(file);
        for (const [name, [px, py]] of [
          ['right_eye', right],
          ['left_eye', left],
        ] as const) {
          const { x, y, width, height } = boxes.get(name)!;
          assert.ok(px > x && px < x + width && py > y && py < y + height, `${file}: ${name}`);
        }
      }
    });

    it('says where it finds no face', async () => {
      const { image } = await decodeImage(join(folder, files[0]));
      const shirt = { x: 280, y: 580, width: 90, height: 90 };
      await assert.rejects(mesh.landmarks(image, shirt), /468 points does not find it/);
      await assert.rejects(mesh.landmarks(blankImage(200, 200), { x: 50, y: 50, width: 90, height: 90 }), {
        name: 'Problem',
      });
    });

    it('is printed by landmarks with ten regions; a rectangle without a face has the reason instead', async () => {
      const options = {
        detector: 'ultraface',
        select: 'largest',
        landmarks: 468,
        images: [join(folder, files[0])],
        workers: 1,
      } as const;
      const context = { signal: new AbortController().signal, listen: () => undefined };
      const [image] = await findFaces(options, context);
      assert.ok('faces' in image);
      const [face] = image.faces;
      assert.equal(face.landmarks?.length, 468);
      assert.equal(Object.keys(face.regions ?? {}).length, 10);
      for (const [i, [x, y]] of face.landmarks.entries()) {
        const [expectedX, expectedY] = found.get(files[0])![i];
        assert.ok(Math.hypot(x - expectedX, y - expectedY) < 1e-3);
      }
      const [shirt] = await findFaces(
        { ...options, rect: { x: 280, y: 580, width: 90, height: 90 } },
        context,
      );
      assert.ok('faces' in shirt);
      assert.match(shirt.faces[0].error ?? '', /does not find it/);
      assert.equal(shirt.faces[0].landmarks, undefined);
    });
  },
);
