import type * as JpegTurbo from '@julusian/jpeg-turbo';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { BandedJpeg } from '../../src/dataset/banded-jpeg.js';
import { decodeImage } from '../../src/dataset/decode-image.js';
import { decodeSmallJpeg, isSmallJpeg } from '../../src/dataset/decode-small-jpeg.js';
import type { RasterImage } from '../../src/image/raster-image.js';

const turbo = createRequire(import.meta.url)('@julusian/jpeg-turbo') as typeof JpegTurbo;

/** Smooth colours with an edge and grain. */
function picture(width: number, height: number): RasterImage {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at++) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    const edge = x > y ? 60 : 0;
    data[at] = 90 + edge + 60 * Math.sin((x + 40 * (at % 3)) / 11) + ((at * 2654435761) >>> 28);
  }
  return { width, height, channels: 3, data };
}

function compress(image: RasterImage, subsampling: number, quality: number): Buffer {
  const { width, height, data } = image;
  const format = turbo.FORMAT_RGB;
  return turbo.compressSync(Buffer.from(data), { width, height, format, subsampling, quality });
}

async function byLibvips(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await sharp(bytes).toColourspace('srgb').raw().toBuffer());
}

describe('decodeSmallJpeg gives the samples of libvips', () => {
  const samplings = { '4:4:4': turbo.SAMP_444, '4:2:2': turbo.SAMP_422, '4:2:0': turbo.SAMP_420 };
  for (const [name, subsampling] of Object.entries(samplings)) {
    it(`of chroma ${name}, of any size and quality`, async () => {
      for (const [width, height, quality] of [
        [1, 1, 95],
        [7, 23, 90],
        [224, 224, 95],
        [225, 223, 40],
        [360, 361, 5],
        [64, 64, 100],
      ]) {
        const bytes = compress(picture(width, height), subsampling, quality);
        assert.deepEqual(await decodeSmallJpeg(bytes, width, height), await byLibvips(bytes));
      }
    });
  }

  it('of a progressive file, and of one with restart intervals', async () => {
    const image = picture(150, 90);
    const { width, height, data } = image;
    const raw = { raw: { width, height, channels: 3 as const } };
    const progressive = await sharp(data, raw).jpeg({ progressive: true }).toBuffer();
    assert.deepEqual(await decodeSmallJpeg(progressive, width, height), await byLibvips(progressive));
    const banded = new BandedJpeg(image).encode(image, 0, 0).slice();
    assert.deepEqual(await decodeSmallJpeg(banded, width, height), await byLibvips(banded));
  });
});

describe('decodeSmallJpeg leaves to libvips', () => {
  const whole = compress(picture(100, 80), turbo.SAMP_420, 95);

  it('what is cut off or damaged, and decodes the next file', async () => {
    const damaged = Buffer.from(whole);
    damaged.set([0xff, 0xd9], whole.length >> 1);
    for (const bytes of [whole.subarray(0, -200), damaged]) {
      assert.equal(await decodeSmallJpeg(bytes, 100, 80), undefined);
      await assert.rejects(decodeImage(bytes, { name: 'x.jpg' }), /x\.jpg/);
      assert.deepEqual(await decodeSmallJpeg(whole, 100, 80), await byLibvips(whole));
    }
  });

  it('what is read with a warning, so that the warning is told', async () => {
    const original = picture(100, 80);
    const banded = Buffer.from(new BandedJpeg(original).encode(original, 0, 0));
    const restart = banded.indexOf(Buffer.of(0xff, 0xd0));
    const stray = Buffer.concat([banded.subarray(0, restart), Buffer.alloc(9), banded.subarray(restart)]);
    assert.equal(await decodeSmallJpeg(stray, 100, 80), undefined);
    const { image, notes } = await decodeImage(stray, { name: 'x.jpg' });
    assert.deepEqual(image.data, await byLibvips(banded));
    assert.match(notes.join(), /the decoder warned/);
  });

  it('large images and large files', () => {
    assert.ok(isSmallJpeg(whole, 100, 80));
    assert.ok(!isSmallJpeg(whole, 1350, 1350));
    assert.ok(!isSmallJpeg(new Uint8Array(5_000_000), 100, 80));
  });
});
