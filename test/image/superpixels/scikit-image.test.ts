import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import type { RasterImage } from '../../../src/image/raster-image.js';
import { superpixelMethods, type SuperpixelOptions } from '../../../src/image/superpixels/methods.js';
import { discs, flat, noise } from './images.js';

interface Row {
  image: 'discs' | 'noise' | 'flat';
  size: [number, number];
  method: 'slic' | 'quickshift';
  options: SuperpixelOptions;
  count: number;
  sha256: string;
}
const rows = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/image/superpixels.json', import.meta.url), 'utf8'),
) as Row[];
const makers: Record<Row['image'], (width: number, height: number) => RasterImage> = {
  discs,
  noise: (width, height) => noise(width, height, 5),
  flat,
};

describe('superpixels of drawn images are those of scikit-image 0.19 in every pixel', () => {
  for (const name of ['slic', 'quickshift'] as const) {
    it(name, () => {
      const cases = rows.filter(({ method }) => method === name);
      assert.ok(cases.length > 20);
      for (const { image, size, options, count, sha256 } of cases) {
        const segmentation = superpixelMethods[name].segment(makers[image](...size), options);
        const about = `${image} ${size.join('x')} ${JSON.stringify(options)}`;
        assert.equal(segmentation.count, count, about);
        const bytes = new Uint8Array(segmentation.labels.buffer);
        assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, about);
      }
    });
  }
});
