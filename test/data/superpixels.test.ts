import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import sharp from 'sharp';

import { imageToLab } from '../../src/image/lab.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import { stretchedLevels } from '../../src/image/sample-levels.js';
import { quickshift } from '../../src/image/superpixels/quickshift/quickshift.js';
import { shiftToModes } from '../../src/image/superpixels/quickshift/shift-to-modes.js';
import { assignPixels } from '../../src/image/superpixels/slic/assign-pixels.js';
import { seedGrid } from '../../src/image/superpixels/slic/seed-grid.js';
import { slic } from '../../src/image/superpixels/slic/slic.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const folder = process.env.FACEPROBE_DATA ?? '';

describe('superpixels of real faces', { skip: folder === '' && 'FACEPROBE_DATA is not set' }, () => {
  for (const crop of ['00', '02', '03', '06', '08', '10']) {
    it(`slic of crop ${crop} is scikit-image's in every pixel`, async () => {
      const segmentation = slic(await crop112(crop), { segments: 30, compactness: 20 });
      const expected = labelsOf(`slic_crop${crop}`);
      assert.deepEqual([...segmentation.labels], expected);
      assert.equal(segmentation.count, Math.max(...expected) + 1);
    });
  }

  it('the clusters before they are connected are too', async () => {
    for (const crop of ['00', '02', '03', '06', '08', '10']) {
      const image = await crop112(crop);
      const lab = imageToLab(image, stretchedLevels(image.data));
      const labels = assignPixels(lab, 112, 112, seedGrid(112, 112, 30), 20);
      assert.deepEqual([...labels], labelsOf(`slic_noconnect_crop${crop}`));
    }
  });

  it("quickshift is scikit-image's in every pixel", async () => {
    for (const crop of ['00', '06']) {
      const { labels } = quickshift(await crop112(crop), { kernelSize: 4, maxDistance: 200, ratio: 0.2 });
      assert.deepEqual([...labels], labelsOf(`quickshift_01_crop${crop}`));
    }
  });

  it('so is quickshift in Lab of values in [-1, 1], as upstream feeds it', async () => {
    const levels = Float64Array.from({ length: 256 }, (_, sample) => sample / 127.5 - 1);
    for (const crop of ['00', '06']) {
      const colour = imageToLab(await crop112(crop), levels).map((value) => 0.2 * value);
      const { labels } = shiftToModes(colour, 112, 112, { kernelSize: 4, maxDistance: 200, seed: 42 });
      assert.deepEqual([...labels], labelsOf(`quickshift_pm1_crop${crop}`));
    }
  });

  it('Lab colours agree with float32 ones to 1e-4', async () => {
    for (const crop of ['00', '06']) {
      const image = await crop112(crop);
      const lab = imageToLab(image, stretchedLevels(image.data));
      const expected = decodeNpy(segmentFile(`lab_crop${crop}`)).data as Float32Array;
      assert.equal(expected.length, lab.length);
      lab.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-4));
    }
  });
});

async function crop112(crop: string): Promise<RasterImage> {
  const file = join(folder, 'golden', 'xssab', `crop${crop}.png`);
  const data = await sharp(file).removeAlpha().raw().toBuffer();
  return { width: 112, height: 112, channels: 3, data: new Uint8Array(data) };
}

function segmentFile(name: string): Buffer {
  return readFileSync(join(folder, 'golden', 'skimage', 'segments', `${name}.npy`));
}

function labelsOf(name: string): number[] {
  return Array.from(decodeNpy(segmentFile(name)).data, Number);
}
