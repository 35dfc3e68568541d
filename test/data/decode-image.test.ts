import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';

const data = process.env.FACEPROBE_DATA;

describe(
  'decodeImage on the photographs',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    for (const [golden, digest] of [
      ['mtcnn/faces.json', 'rgb_sha256'],
      ['dlib68/points.json', 'bgr_sha256'],
    ] as const) {
      it(`gives the samples that golden/${golden} was made from`, async () => {
        const entries = JSON.parse(readFileSync(join(data!, 'golden', golden), 'utf8')) as Record<
          string,
          string
        >[];
        assert.ok(entries.length > 0);
        for (const entry of entries) {
          const { image, notes } = await decodeImage(join(data!, entry.file));
          const samples = digest === 'rgb_sha256' ? image.data : redAndBlueSwapped(image.data);
          assert.equal(createHash('sha256').update(samples).digest('hex'), entry[digest], entry.file);
          assert.deepEqual(notes, []);
        }
      });
    }
  },
);

function redAndBlueSwapped(samples: Uint8Array): Uint8Array {
  return samples.map((_, i) => samples[i - (i % 3) + 2 - (i % 3)]);
}
