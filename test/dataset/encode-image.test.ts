import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodeImage } from '../../src/dataset/decode-image.js';
import { encodeImage, type EncodeOptions } from '../../src/dataset/encode-image.js';
import type { ImageFormat } from '../../src/dataset/image-format.js';
import type { RasterImage } from '../../src/image/raster-image.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/dataset/', import.meta.url));
const encoded = JSON.parse(readFileSync(join(folder, 'encoded.json'), 'utf8')) as Record<string, string>;
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

let rgb: RasterImage;
let gray: RasterImage;
let odd: RasterImage;

before(async () => {
  rgb = (await decodeImage(join(folder, 'images/rgb.png'))).image;
  // The blue channel, as make-images.py takes the first of OpenCV's order from an RGB array.
  gray = { ...rgb, channels: 1, data: rgb.data.filter((_, i) => i % 3 === 0) };
  odd = { width: 23, height: 17, channels: 3, data: new Uint8Array(23 * 17 * 3) };
  for (let y = 0; y < 17; y++) odd.data.set(rgb.data.subarray(y * 87, y * 87 + 69), y * 69);
});

describe('encodeImage', () => {
  const byteEqual: [string, () => RasterImage, ImageFormat, EncodeOptions][] = [
    ['rgb.jpg', () => rgb, 'jpeg', { dct: 'accurate' }],
    ['rgb.jpg at 60', () => rgb, 'jpeg', { dct: 'accurate', quality: 60 }],
    ['gray.jpg', () => gray, 'jpeg', { dct: 'accurate' }],
    ['gray.jpg at 60', () => gray, 'jpeg', { dct: 'accurate', quality: 60 }],
    ['odd.jpg', () => odd, 'jpeg', { dct: 'accurate' }],
    ['odd.jpg at 60', () => odd, 'jpeg', { dct: 'accurate', quality: 60 }],
    ['rgb.bmp', () => rgb, 'bmp', {}],
    ['gray.bmp', () => gray, 'bmp', {}],
    ['odd.bmp', () => odd, 'bmp', {}],
  ];
  for (const [name, image, format, options] of byteEqual) {
    it(`writes ${name} byte for byte as OpenCV`, async () => {
      assert.equal(sha256(await encodeImage(image(), format, options)), encoded[name]);
    });
  }

  for (const format of ['png', 'bmp', 'tiff', 'webp'] as const) {
    it(`keeps every sample in ${format}`, async () => {
      for (const image of [rgb, odd, gray]) {
        const back = await decodeImage(await encodeImage(image, format));
        assert.equal(back.format, format);
        const expected =
          image.channels === 3
            ? image.data
            : Uint8Array.from({ length: image.data.length * 3 }, (_, i) => image.data[Math.floor(i / 3)]);
        assert.deepEqual(back.image, { ...image, channels: 3, data: expected });
      }
    });
  }

  it('writes JPEG by the fast DCT almost as near to the image as by the accurate one', async () => {
    for (const image of [rgb, odd, gray]) {
      const errors = [];
      for (const dct of ['fast', 'accurate'] as const) {
        const back = (await decodeImage(await encodeImage(image, 'jpeg', { dct }))).image;
        let squared = 0;
        back.data.forEach(
          (value, i) => (squared += (value - image.data[image.channels === 3 ? i : Math.floor(i / 3)]) ** 2),
        );
        errors.push(Math.sqrt(squared / back.data.length));
      }
      const [fast, accurate] = errors;
      assert.ok(fast < accurate + 0.4, `${fast} ${accurate}`);
    }
  });

  it('writes one image after another, larger and smaller, without mixing them', async () => {
    const first = await encodeImage(odd, 'jpeg');
    const kept = sha256(first);
    await encodeImage(rgb, 'jpeg');
    assert.equal(sha256(first), kept);
    assert.equal(sha256(await encodeImage(odd, 'jpeg')), kept);
  });

  it('writes an image of one pixel', async () => {
    const pixel: RasterImage = { width: 1, height: 1, channels: 3, data: new Uint8Array([7, 8, 9]) };
    for (const format of ['jpeg', 'png', 'bmp', 'tiff', 'webp'] as const) {
      const { image } = await decodeImage(await encodeImage(pixel, format));
      assert.deepEqual([image.width, image.height], [1, 1]);
    }
  });

  it('refuses a quality outside 1 to 100', async () => {
    for (const quality of [0, 101, Number.NaN]) {
      await assert.rejects(encodeImage(rgb, 'jpeg', { quality }), RangeError);
    }
  });
});
