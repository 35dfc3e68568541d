import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import sharp from 'sharp';

import { toGray } from '../../src/image/gray.js';

const folder = process.env.FACEPROBE_DATA;

interface Row {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly gray_sha256: string;
}

describe(
  'toGray of the golden photographs',
  { skip: folder === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    it("is OpenCV's BT.601 gray, byte for byte", async () => {
      const rows = JSON.parse(readFileSync(join(folder!, 'golden/dlib68/points.json'), 'utf8')) as Row[];
      assert.equal(rows.length, 44);
      for (const { file, width, height, gray_sha256: expected } of rows) {
        const data = await sharp(join(folder!, file)).removeAlpha().raw().toBuffer();
        const gray = toGray({ width, height, channels: 3, data });
        assert.equal(createHash('sha256').update(gray.data).digest('hex'), expected, file);
      }
    });
  },
);
