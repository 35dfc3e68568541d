import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pastePatches } from '../../../src/perturb/patch/paste-patches.js';
import { patchMask } from '../../../src/perturb/patch/patch-mask.js';
import type { RasterImage } from '../../../src/image/raster-image.js';
import { Problem } from '../../../src/problem.js';

function image(width: number, height: number, sample: number): RasterImage {
  return { width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(sample) };
}

describe('pastePatches', () => {
  const patches = [
    { x: 1, y: 0, width: 2, height: 2 },
    { x: 2, y: 1, width: 2, height: 2 },
  ];

  it('copies exactly the pixels of the mask and changes neither image', () => {
    const original = image(5, 4, 10);
    const donor = image(5, 4, 200);
    const patched = pastePatches(original, donor, patches);
    const mask = patchMask(patches, 5, 4);
    assert.deepEqual([...mask], [0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
    patched.data.forEach((sample, at) => assert.equal(sample, mask[Math.floor(at / 3)] === 1 ? 200 : 10));
    assert.ok(original.data.every((sample) => sample === 10));
    assert.ok(donor.data.every((sample) => sample === 200));
  });

  it('refuses a donor of another size', () => {
    assert.throws(() => pastePatches(image(5, 4, 0), image(4, 5, 0), patches), Problem);
  });
});
