import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RasterImage } from '../../../../src/image/raster-image.js';
import type { LossGradient } from '../../../../src/perturb/adversarial/loss-gradient.js';
import {
  optimisePatch,
  patchCorner,
  type PatchOptions,
} from '../../../../src/perturb/adversarial/patch/optimise-patch.js';
import { pastePatch } from '../../../../src/perturb/adversarial/patch/paste-patch.js';
import { RandomState } from '../../../../src/tensor/random.js';

const [width, height] = [12, 10];
const random = new RandomState(3);
const weights = Float32Array.from({ length: width * height * 3 }, () => random.normal());
const images = [60, 120, 180].map((level): RasterImage => ({
  width,
  height,
  channels: 3,
  data: new Uint8Array(width * height * 3).fill(level),
}));
const linear: LossGradient = (samples) =>
  Promise.resolve({
    value: samples.reduce((sum, value, at) => sum + value * weights[at], 0),
    gradient: weights,
  });

const usual: PatchOptions = { size: 4, place: [0.5, 0.5], jitter: 0, direction: 'raise', steps: 20 };
const corner = { x: 4, y: 3 };

/** The weights under the patch. */
const under = Array.from({ length: 48 }, (_, i) => {
  const [row, rest] = [Math.floor(i / 12), i % 12];
  return weights[((corner.y + row) * width + corner.x) * 3 + rest];
});

describe('optimisePatch', () => {
  it('is the corner of the cube that a linear model likes best, at the place of the patch', async () => {
    assert.deepEqual(patchCorner(images[0], usual), corner);
    const raised = await optimisePatch(images, linear, usual);
    assert.deepEqual(
      [...raised.patch.data],
      under.map((weight) => (weight > 0 ? 255 : 0)),
    );
    const lowered = await optimisePatch(images, linear, { ...usual, direction: 'lower' });
    assert.deepEqual(
      [...lowered.patch.data],
      under.map((weight) => (weight > 0 ? 0 : 255)),
    );
  });

  it('moves by the size of the step, from middle gray', async () => {
    const { patch, trace } = await optimisePatch(images, linear, { ...usual, steps: 2, stepSize: 10 });
    assert.deepEqual(
      [...patch.data],
      under.map((weight) => (weight > 0 ? 148 : 108)),
    );
    assert.equal(trace.length, 2);
  });

  it('depends on the seed where it is moved about, and on nothing else', async () => {
    const make = async (seed: number) =>
      (await optimisePatch(images, linear, { ...usual, jitter: 2, steps: 3, seed })).patch.data;
    assert.deepEqual(await make(1), await make(1));
    assert.notDeepEqual(await make(1), await make(2));
  });

  it('stays within the image at its border, whatever the jitter', async () => {
    const { patch } = await optimisePatch(images, linear, { ...usual, place: [1, 0], jitter: 9, steps: 5 });
    assert.equal(patch.data.length, 48);
    assert.deepEqual(patchCorner(images[0], { size: 4, place: [1, 0] }), { x: 8, y: 0 });
  });

  it('does not touch the images and refuses what does not fit, and a gradient of 0', async () => {
    await optimisePatch(images, linear, usual);
    assert.ok(images[0].data.every((sample) => sample === 60));
    await assert.rejects(optimisePatch(images, linear, { ...usual, size: 11 }), /11 pixels do not fit/);
    const flat: LossGradient = ({ length }) =>
      Promise.resolve({ value: 1, gradient: new Float32Array(length) });
    await assert.rejects(optimisePatch(images, flat, usual), /gradient is 0/);
  });
});

describe('pastePatch', () => {
  it('changes the pixels under the patch alone', () => {
    const patch: RasterImage = { width: 2, height: 2, channels: 3, data: new Uint8Array(12).fill(9) };
    const pasted = pastePatch(images[0], patch, { x: 10, y: 8 });
    const changed = Array.from(pasted.data.keys()).filter((at) => pasted.data[at] !== 60);
    assert.deepEqual(
      changed
        .map((at) => [Math.floor(at / 3) % width, Math.floor(at / 3 / width)])
        .filter((_, i) => i % 3 === 0),
      [
        [10, 8],
        [11, 8],
        [10, 9],
        [11, 9],
      ],
    );
    assert.equal(images[0].data[(8 * width + 10) * 3], 60);
    assert.throws(() => pastePatch(images[0], patch, { x: 11, y: 8 }), RangeError);
  });
});
