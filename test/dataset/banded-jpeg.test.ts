import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BandedJpeg } from '../../src/dataset/banded-jpeg.js';
import { decodeImage } from '../../src/dataset/decode-image.js';
import { encodeImage } from '../../src/dataset/encode-image.js';
import { jpegSegments } from '../../src/dataset/jpeg-segments.js';
import { blankImage, type RasterImage } from '../../src/image/raster-image.js';

/** Waves with grain, so that no two blocks are alike. */
function picture(width: number, height: number, channels: 1 | 3): RasterImage {
  const image = blankImage(width, height, channels);
  for (let i = 0; i < image.data.length; i++) {
    image.data[i] = 128 + 90 * Math.sin(i / 37) * Math.cos(i / 1009) + ((i * 2654435761) % 29);
  }
  return image;
}

/** The image with rows [top, bottom) of its left half black. */
function hidden({ data, ...rest }: RasterImage, top: number, bottom: number): RasterImage {
  const { width, channels } = rest;
  const copy = data.slice();
  for (let y = top; y < bottom; y++)
    copy.fill(0, y * width * channels, (y * width + (width >> 1)) * channels);
  return { ...rest, data: copy };
}

describe('BandedJpeg', () => {
  for (const [width, height, channels] of [
    [224, 224, 3],
    [23, 17, 3],
    [1, 1, 3],
    [50, 33, 3],
    [224, 225, 1],
    [64, 1300, 3],
    [9, 700, 1],
  ] as const) {
    it(`decodes to the samples of the plain file: ${width}x${height}, ${channels} channels`, async () => {
      const original = picture(width, height, channels);
      const jpeg = new BandedJpeg(original);
      const parts = [
        [0, height],
        [0, 1],
        [height - 1, height],
        [height >> 2, height >> 1],
        [height >> 1, height >> 1],
        [height >> 1, height],
      ];
      for (const [top, bottom] of parts) {
        const image = hidden(original, top, bottom);
        const { image: decoded, notes } = await decodeImage(jpeg.encode(image, top, bottom));
        const { image: expected } = await decodeImage(await encodeImage(image, 'jpeg'));
        assert.deepEqual(decoded, expected, `rows ${top} to ${bottom}`);
        assert.deepEqual(notes, []);
      }
    });
  }

  it('adds little to the size of the file', async () => {
    const image = picture(224, 224, 3);
    const plain = (await encodeImage(image, 'jpeg')).length;
    const banded = new BandedJpeg(image).encode(image, 0, 0).length;
    assert.ok(banded < plain * 1.01, `${banded} ${plain}`);
  });

  it('encodes only the bands that are said to differ', async () => {
    const original = picture(64, 128, 3);
    const other = hidden(original, 0, 128);
    const { image } = await decodeImage(new BandedJpeg(original).encode(other, 40, 50));
    const { image: mixed } = await decodeImage(await encodeImage(hidden(original, 32, 64), 'jpeg'));
    assert.deepEqual(image, mixed);
  });
});

describe('jpegSegments', () => {
  it('ends at the scan', async () => {
    const segments = jpegSegments(await encodeImage(picture(16, 16, 3), 'jpeg'));
    assert.equal(segments[0].marker, 0xd8);
    assert.equal(segments.at(-1)!.marker, 0xda);
  });

  it('ends before a segment that is cut off, and at what is no marker', async () => {
    const bytes = await encodeImage(picture(16, 16, 3), 'jpeg');
    assert.deepEqual(jpegSegments(bytes.subarray(0, 22)), [
      { marker: 0xd8, start: 0, end: 2 },
      { marker: 0xe0, start: 2, end: 20 },
    ]);
    assert.deepEqual(jpegSegments(new TextEncoder().encode('text')), []);
  });
});
