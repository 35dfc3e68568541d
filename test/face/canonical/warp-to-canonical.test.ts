import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { canonicalFace, meshPoints } from '../../../src/face/canonical/canonical-face.js';
import {
  warpMapToCanonical,
  warpPhotographToCanonical,
} from '../../../src/face/canonical/warp-to-canonical.js';
import type { Point } from '../../../src/image/geometry.js';
import { blankImage } from '../../../src/image/raster-image.js';
import { RandomState } from '../../../src/tensor/random.js';
import type { Tensor } from '../../../src/tensor/tensor.js';
import { mirrorLandmarks } from '../landmarks68.js';

const { width, height, landmarks, mesh } = canonicalFace();

function mapOf(width: number, height: number, value: (x: number, y: number) => number): Tensor {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  return { data, shape: [height, width] };
}

/** The canonical landmarks on a picture of another size, turned, moved and disturbed. */
function plausibleFace(random: RandomState, pictureWidth: number, pictureHeight: number): Point[] {
  const angle = 0.3 * random.normal();
  const scale = (0.3 + 1.2 * random.uniform(0, 1)) * (pictureWidth / width);
  const moved = [0.2 * random.normal() * pictureWidth, 0.2 * random.normal() * pictureHeight];
  return landmarks.map(([x, y]): Point => {
    const [dx, dy] = [(x - 112) * scale, (y - 137) * scale];
    return [
      pictureWidth / 2 + moved[0] + dx * Math.cos(angle) - dy * Math.sin(angle) + 2 * random.normal(),
      pictureHeight / 2 + moved[1] + dx * Math.sin(angle) + dy * Math.cos(angle) + 2 * random.normal(),
    ];
  });
}

describe('the canonical face', () => {
  it('has 89 points and triangles that cover its whole area once', () => {
    assert.equal(mesh.points.length, 89);
    let sum = 0;
    for (let i = 0; i < mesh.triangles.length; i += 3) {
      const [[ax, ay], [bx, by], [cx, cy]] = [...mesh.triangles.subarray(i, i + 3)].map(
        (corner) => mesh.points[corner],
      );
      const area = Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
      assert.ok(area > 0);
      sum += area;
    }
    assert.ok(Math.abs(sum - (width - 1) * (height - 1)) < 1e-6, `area ${sum}`);
  });

  it('is symmetric', () => {
    mirrorLandmarks(landmarks, width).forEach(([x, y], i) => {
      assert.ok(Math.hypot(x - landmarks[i][0], y - landmarks[i][1]) < 1e-9, `point ${i}`);
    });
  });

  it('refuses any other number of landmarks', () => {
    assert.throws(() => meshPoints(landmarks.slice(1), canonicalFace(), 'face'), /68 landmarks, got 67/);
  });
});

describe('warpMapToCanonical', () => {
  for (const frame of ['face', 'picture'] as const)
    it(`agrees with scipy on a turned face in the frame of the ${frame}`, () => {
      const golden = JSON.parse(
        readFileSync(new URL('../../../../test/fixtures/face/canonical-map.json', import.meta.url), 'utf8'),
      ) as {
        landmarks: Point[];
        width: number;
        height: number;
        pixels: number[];
        values: Record<typeof frame, number[]>;
        outside: number;
      };
      const map = mapOf(
        golden.width,
        golden.height,
        (x, y) => Math.sin(x * 0.7 + y * 0.31) * Math.cos(y * 0.45) + ((x * 7 + y * 13) % 11) / 11,
      );
      const { result, outside } = warpMapToCanonical(map, golden.landmarks, { frame });
      assert.ok(Math.abs(outside - (frame === 'face' ? golden.outside : 0)) < 1e-4);
      golden.pixels.forEach((pixel, i) => {
        assert.ok(Math.abs(result.data[pixel] - golden.values[frame][i]) < 2e-6, `pixel ${pixel}`);
      });
    });

  it('leaves a map that lies on the canonical face as it is', () => {
    const map = mapOf(width, height, (x, y) => Math.sin(x * y));
    const { result } = warpMapToCanonical(map, landmarks);
    assert.deepEqual(result.shape, [height, width]);
    result.data.forEach((value, i) => assert.ok(Math.abs(value - map.data[i]) < 1e-5, `pixel ${i}`));
  });

  it('brings every landmark of a linear map to its place', () => {
    const random = new RandomState(3);
    const own = landmarks.map(([x, y]): Point => [
      Math.round(x / 2 + random.normal()),
      Math.round(y / 2.5 + random.normal()),
    ]);
    const linear = (x: number, y: number) => 3 * x - 2 * y;
    const { result } = warpMapToCanonical(mapOf(112, 112, linear), own);
    // A landmark lies between pixels: its value is that of the nearest one, off by less than a pixel's slope.
    const slope = 6 * (Math.abs(3) + Math.abs(2));
    own.forEach(([x, y], i) => {
      const at = Math.round(landmarks[i][1]) * width + Math.round(landmarks[i][0]);
      assert.ok(Math.abs(result.data[at] - linear(x, y)) < slope, `point ${i}`);
    });
  });

  it('sets every pixel, from values of the map only, wherever the landmarks lie', () => {
    const random = new RandomState(11);
    const map = mapOf(60, 50, () => 1 + random.uniform(0, 1));
    for (let trial = 0; trial < 200; trial++) {
      const frame = trial % 2 === 0 ? 'face' : 'picture';
      const { result, outside } = warpMapToCanonical(map, plausibleFace(random, 60, 50), { frame });
      const seen = result.data.filter((value) => value >= 1 && value <= 2).length;
      const unseen = result.data.filter((value) => value === 0).length;
      assert.equal(seen + unseen, width * height, `trial ${trial}`);
      assert.equal(unseen / result.data.length, outside);
    }
  });

  it('says how much of the face lies outside of the map', () => {
    const map = mapOf(224, 275, () => 1);
    const moved = (dx: number) => landmarks.map(([x, y]): Point => [x + dx, y]);
    assert.equal(warpMapToCanonical(map, moved(0)).outside, 0);
    assert.equal(warpMapToCanonical(map, moved(60)).outside, 60 / 224);
    assert.equal(warpMapToCanonical(map, moved(224)).outside, 1);
  });

  it('keeps a forehead where it is, whatever the crop, in the frame of the face', () => {
    const whole = mapOf(300, 300, (x, y) => Math.sin(x / 20) + Math.cos(y / 15));
    const own = landmarks.map(([x, y]): Point => [x + 30, y + 20]);
    const crop = mapOf(240, 290, (x, y) => Math.sin((x + 25) / 20) + Math.cos((y + 10) / 15));
    const inCrop = own.map(([x, y]): Point => [x - 25, y - 10]);
    const [a, b] = [warpMapToCanonical(whole, own), warpMapToCanonical(crop, inCrop)];
    assert.equal(a.outside + b.outside, 0);
    a.result.data.forEach((value, i) => assert.ok(Math.abs(value - b.result.data[i]) < 1e-5, `pixel ${i}`));
  });

  it('makes numbers of triangles without area and of flipped ones', () => {
    const map = mapOf(40, 40, (x, y) => x + y);
    const point = landmarks.map((): Point => [20, 20]);
    const line = landmarks.map(([x]): Point => [x / 6, 20]);
    const flipped = landmarks.map(([x, y]): Point => [39 - x / 6, 39 - y / 7]);
    for (const degenerate of [point, line, flipped]) {
      for (const value of warpMapToCanonical(map, degenerate, { frame: 'picture' }).result.data) {
        assert.ok(value >= 0 && value <= 78);
      }
    }
    const dot = mapOf(40, 40, (x, y) => (x === 20 && y === 20 ? 7 : 1));
    assert.ok(warpMapToCanonical(dot, point).result.data.every((value) => Math.abs(value - 7) < 1e-6));
  });

  it('refuses landmarks that are not finite', () => {
    const broken = landmarks.map((point, i): Point => (i === 30 ? [Number.NaN, 1] : point));
    assert.throws(
      () =>
        warpMapToCanonical(
          mapOf(4, 4, () => 0),
          broken,
        ),
      /not finite/,
    );
    assert.throws(() => warpPhotographToCanonical(blankImage(4, 4), broken), /not finite/);
  });
});

describe('warpPhotographToCanonical', () => {
  it('gives the same picture as the map, rounded', () => {
    const random = new RandomState(5);
    const image = { ...blankImage(112, 112, 1), data: new Uint8Array(112 * 112) };
    image.data.forEach((_, i) => (image.data[i] = random.integer(0, 256)));
    const own = landmarks.map(([x, y]): Point => [x / 2 + random.normal(), y / 2.7 + random.normal()]);
    const { result, outside } = warpPhotographToCanonical(image, own, { frame: 'picture' });
    const data = Float32Array.from(image.data);
    const map = warpMapToCanonical({ data, shape: [112, 112] }, own, { frame: 'picture' });
    assert.equal(outside, 0);
    assert.equal(map.outside, 0);
    result.data.forEach((sample, i) => {
      assert.ok(Math.abs(sample - map.result.data[i]) <= 0.5001, `pixel ${i}`);
    });
  });

  it('keeps the channels apart, beyond the border too', () => {
    const image = blankImage(50, 50, 3);
    for (let i = 0; i < image.data.length; i += 3) image.data.set([10, 20, 30], i);
    const small = landmarks.map(([x, y]): Point => [x / 5, y / 6]);
    const { result, outside } = warpPhotographToCanonical(
      image,
      small.map(([x, y]): Point => [x + 15, y]),
    );
    assert.equal(result.channels, 3);
    assert.ok(outside > 0.1);
    for (let i = 0; i < result.data.length; i++) assert.equal(result.data[i], [10, 20, 30][i % 3]);
  });

  it('averages a large photograph: its finest stripes become gray', () => {
    const image = blankImage(896, 1100, 1);
    image.data.forEach((_, i) => (image.data[i] = (i % 2) * 255));
    const large = landmarks.map(([x, y]): Point => [4 * x + 1.5, 4 * y + 1.5]);
    const { result, outside } = warpPhotographToCanonical(image, large);
    assert.equal(outside, 0);
    assert.ok(result.data.every((sample) => sample >= 127 && sample <= 128));
  });
});
