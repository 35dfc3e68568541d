import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';
import { walkImages } from '../../src/dataset/walk-images.js';
import { canonicalFace } from '../../src/face/canonical/canonical-face.js';
import { warpPhotographToCanonical } from '../../src/face/canonical/warp-to-canonical.js';
import { openDetector } from '../../src/face/open-detector.js';
import { openLandmarkModel } from '../../src/face/open-landmark-model.js';
import { selectFace } from '../../src/face/select-face.js';

const data = process.env.FACEPROBE_DATA;

describe(
  'photographs on the canonical face',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    it('have their landmarks where the canonical face has them, when they are searched for again', async () => {
      const detector = await openDetector('ultraface');
      const model = await openLandmarkModel({ prefer: 'fr68' });
      const distances: number[] = [];
      for (const folder of ['frll', 'lfw10']) {
        const { images } = await walkImages(join(data!, folder));
        for (const name of images.filter((_, at) => at % 12 === 0)) {
          const { image } = await decodeImage(join(data!, folder, name));
          const face = selectFace(await detector.detect(image), 'largest')!;
          const found = await model.landmarks(image, face.box);
          const { result, outside } = warpPhotographToCanonical(image, found);
          assert.ok(outside < 0.3, `${name}: ${outside}`);
          const again = selectFace(await detector.detect(result), 'largest')!;
          const points = await model.landmarks(result, again.box);
          const sum = points.reduce((total, [x, y], i) => {
            const [targetX, targetY] = canonicalFace().landmarks[i];
            return total + Math.hypot(x - targetX, y - targetY);
          }, 0);
          // In units of the distance of the eyes, 86 pixels.
          distances.push(sum / 68 / 86);
        }
      }
      await detector.close();
      await model.close();
      distances.sort((a, b) => a - b);
      assert.equal(distances.length, 16);
      assert.ok(distances[8] < 0.02 && distances[15] < 0.06, distances.join(' '));
    });
  },
);
