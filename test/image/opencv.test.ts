import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { fillPolygon } from '../../src/image/fill-polygon.js';
import { gaussianBlur } from '../../src/image/gaussian-blur.js';
import type { AffineMatrix, Point } from '../../src/image/geometry.js';
import { toGray } from '../../src/image/gray.js';
import { withMats } from '../../src/image/mats.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import { resize, resizeMap, type Interpolation } from '../../src/image/resize.js';
import { warpAffine, type WarpAffineOptions } from '../../src/image/warp-affine.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Numbers of OpenCV 4.6 in Python; arrays are base64 of the raw samples. */
interface Golden {
  readonly image: Size & { readonly channels: 3; readonly data: string };
  readonly map: Size & { readonly data: string };
  readonly resize: (Size & { readonly interpolation: Interpolation; readonly data: string })[];
  readonly resizeMap: (Size & { readonly interpolation: Interpolation; readonly data: string })[];
  readonly matrix: AffineMatrix;
  readonly warpAffine: (Size & Required<WarpAffineOptions> & { readonly data: string })[];
  readonly gray: string;
  readonly fillPolygon: { readonly polygon: Point[]; readonly colour: number[]; readonly data: string }[];
  readonly gaussianBlur: { readonly sigma: number; readonly kernel: number; readonly data: string }[];
}

const golden = JSON.parse(readFileSync('test/fixtures/image/opencv.json', 'utf8')) as Golden;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const floats = (text: string) => new Float32Array(bytes(text).buffer);
const image: RasterImage = { ...golden.image, data: bytes(golden.image.data) };
const ownListener = () => undefined;
process.on('unhandledRejection', ownListener);
const listenersBefore = ['uncaughtException', 'unhandledRejection'].map((event) =>
  process.listeners(event as 'exit'),
);
const cv = await loadOpenCv();
const listenersAfter = ['uncaughtException', 'unhandledRejection'].map((event) =>
  process.listeners(event as 'exit'),
);

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(actual.length, expected.length);
  let largest = 0;
  for (let index = 0; index < actual.length; index++) {
    largest = Math.max(largest, Math.abs(actual[index] - expected[index]));
  }
  return largest;
}

function differentPixels(actual: Uint8Array, expected: Uint8Array): number {
  let count = 0;
  for (let sample = 0; sample < expected.length; sample += 3) {
    count += Number([0, 1, 2].some((channel) => actual[sample + channel] !== expected[sample + channel]));
  }
  return count;
}

describe('loadOpenCv', () => {
  it('gives the same instance every time', async () => {
    assert.equal(await loadOpenCv(), cv);
  });

  it("leaves no listener of the Emscripten runtime on the process, and all of the user's", () => {
    assert.ok(process.listeners('unhandledRejection').includes(ownListener));
    process.off('unhandledRejection', ownListener);
    assert.deepEqual(listenersAfter, listenersBefore);
  });
});

describe('withMats', () => {
  it('deletes what it was given, also when the computation throws', () => {
    const mats: InstanceType<typeof cv.Mat>[] = [];
    assert.throws(
      () =>
        withMats(cv, (own) => {
          mats.push(own(new cv.Mat()), own(new cv.Mat(2, 2, cv.CV_8UC1)));
          throw new Error('stopped');
        }),
      /stopped/,
    );
    assert.ok(mats.length === 2 && mats.every((mat) => mat.isDeleted()));
  });

  it("throws OpenCV's errors with OpenCV's words", () => {
    assert.throws(() => resize(cv, image, 0, 5), /resize\.cpp.*Assertion failed/);
  });
});

describe('against OpenCV 4.6', () => {
  for (const { interpolation, width, height, data } of golden.resize) {
    it(`resize ${interpolation} to ${width}x${height}`, () => {
      const resized = resize(cv, image, width, height, interpolation);
      assert.deepEqual([resized.width, resized.height, resized.channels], [width, height, 3]);
      // OpenCV's x86 build sums the cubic's rows in float32, the portable code in integers: 0.3 % of samples
      // round to the other side.
      assert.ok(largestDifference(resized.data, bytes(data)) <= (interpolation === 'cubic' ? 1 : 0));
    });
  }
  for (const { interpolation, width, height, data } of golden.resizeMap) {
    it(`resizeMap ${interpolation} to ${width}x${height}`, () => {
      const map = { data: floats(golden.map.data), shape: [golden.map.height, golden.map.width] };
      const resized = resizeMap(cv, map, width, height, interpolation);
      assert.deepEqual(resized.shape, [height, width]);
      // Two last places of float32 for values up to 3: the x86 build fuses multiplications and additions.
      const tolerance = interpolation === 'cubic' || interpolation === 'lanczos4' ? 5e-7 : 0;
      assert.ok(largestDifference(resized.data, floats(data)) <= tolerance);
    });
  }
  for (const { width, height, data, ...options } of golden.warpAffine) {
    it(`warpAffine ${options.interpolation}, border ${options.border}`, () => {
      const warped = warpAffine(cv, image, golden.matrix, width, height, options);
      assert.equal(largestDifference(warped.data, bytes(data)), 0);
    });
  }
  it('toGray', () => {
    assert.deepEqual(toGray(image).data, bytes(golden.gray));
  });
  for (const { polygon, colour, data } of golden.fillPolygon) {
    it(`fillPolygon ${JSON.stringify(polygon)}`, () => {
      const before = image.data.slice();
      const filled = fillPolygon(cv, image, polygon, colour).data;
      const outside = polygon.some(([x, y]) => x < 0 || y < 0 || x >= image.width || y >= image.height);
      // OpenCV 4.7 mended the edges of polygons with corners outside the image (its pull request 23076): here
      // 4.6 sets three pixels outside the true edge.
      assert.equal(differentPixels(filled, bytes(data)), outside ? 3 : 0);
      assert.deepEqual(image.data, before);
    });
  }
  for (const { sigma, kernel, data } of golden.gaussianBlur) {
    it(`gaussianBlur sigma ${sigma}, kernel ${kernel}`, () => {
      assert.equal(largestDifference(gaussianBlur(cv, image, sigma, kernel).data, bytes(data)), 0);
    });
  }
});
