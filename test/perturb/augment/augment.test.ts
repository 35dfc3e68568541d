import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadOpenCv } from '../../../src/image/opencv.js';
import type { RasterImage } from '../../../src/image/raster-image.js';
import { augment, augmentations, parseAugmentations } from '../../../src/perturb/augment/augment.js';
import { RandomState } from '../../../src/tensor/random.js';

const cv = await loadOpenCv();
const [width, height] = [6, 5];
const image: RasterImage = {
  width,
  height,
  channels: 3,
  data: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7) % 251),
};
/** A stream whose numbers are all the same. */
const always = (value: number) =>
  Object.assign(new RandomState(0), {
    random: () => value,
    uniform: (low: number, high: number) => low + (high - low) * value,
    normal: () => 1,
  });

it('flips by the probability, and twice is not at all', () => {
  const { flip } = augmentations;
  assert.equal(flip.apply(cv, image, 0.5, always(0.5)), image);
  const once = flip.apply(cv, image, 0.5, always(0.49));
  assert.deepEqual([...once.data.subarray(0, 3)], [...image.data.subarray(15, 18)]);
  assert.deepEqual(flip.apply(cv, once, 1, always(0)), image);
});

it('changes of geometry by nothing leave every pixel where it is', () => {
  for (const name of ['rotation', 'zoom', 'translation'] as const) {
    assert.deepEqual(augmentations[name].apply(cv, image, 0.4, always(0.5)), image, name);
  }
});

it('moves by whole pixels and mirrors what comes in', () => {
  // The largest draw is +share: by one of six columns and by none of five rows, were these not moved by 5/6 of a pixel.
  const square: RasterImage = { ...image, height: 6, data: Uint8Array.from({ length: 108 }, (_, at) => at) };
  const moved = augmentations.translation.apply(cv, square, 1 / 6, always(1));
  const pixel = (of: RasterImage, x: number, y: number) => of.data[(y * 6 + x) * 3];
  assert.equal(pixel(moved, 3, 4), pixel(square, 2, 3));
  assert.equal(pixel(moved, 0, 4), pixel(square, 1, 3));
});

it('a turn by 180 degrees is a turn by 180 degrees', () => {
  const turned = augmentations.rotation.apply(cv, image, 180, always(1));
  assert.deepEqual([...turned.data.subarray(0, 3)], [...image.data.subarray(-3)]);
});

it('brightness, contrast and noise by hand', () => {
  const flat: RasterImage = { width: 2, height: 1, channels: 1, data: Uint8Array.of(100, 200) };
  assert.deepEqual([...augmentations.brightness.apply(cv, flat, 0.2, always(1)).data], [151, 251]);
  assert.deepEqual([...augmentations.contrast.apply(cv, flat, 0.5, always(1)).data], [75, 225]);
  assert.deepEqual([...augmentations.contrast.apply(cv, flat, 1, always(1)).data], [50, 250]);
  assert.deepEqual([...augmentations.noise.apply(cv, flat, 0.1, always(1)).data], [126, 226]);
});

it('the same stream gives the same image, in the same size', () => {
  const settings = parseAugmentations('classic');
  const first = augment(cv, image, settings, new RandomState([1, 2]));
  assert.deepEqual(augment(cv, image, settings, new RandomState([1, 2])), first);
  assert.notDeepEqual(augment(cv, image, settings, new RandomState([1, 3])), first);
  assert.deepEqual([first.width, first.height], [width, height]);
  assert.equal(augment(cv, image, {}, new RandomState(1)), image);
});

it('reads names with and without a strength', () => {
  assert.deepEqual(parseAugmentations('flip,rotation=5'), { flip: 0.5, rotation: 5 });
  assert.deepEqual(parseAugmentations('none'), {});
  assert.throws(() => parseAugmentations('shear'), /augmentation "shear": is not known \(there are flip/);
  assert.throws(() => parseAugmentations('zoom=2'), /above 0, up to 0\.9/);
});
