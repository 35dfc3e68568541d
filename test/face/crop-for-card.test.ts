import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arcfaceTemplate } from '../../src/face/arcface-template.js';
import { cropForCard } from '../../src/face/crop-for-card.js';
import type { Face } from '../../src/face/face.js';
import type { AffineMatrix, Point } from '../../src/image/geometry.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import type { CardInput } from '../../src/model/card.js';
import { Problem } from '../../src/problem.js';

const cv = await loadOpenCv();

/** 200 x 100, red tells the column, green the row. */
const photo: RasterImage = {
  width: 200,
  height: 100,
  channels: 3,
  data: Uint8Array.from({ length: 200 * 100 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [pixel % 200, Math.floor(pixel / 200), 255][i % 3];
  }),
};

function input(crop: CardInput['crop'], width: number | null = 50, height: number | null = 50): CardInput {
  return {
    width,
    height,
    layout: 'NCHW',
    channels: 'RGB',
    mean: [0],
    std: [1],
    crop,
    resize: 'linear',
  };
}

function face(x: number, y: number, width: number, height: number): Face {
  return { box: { x, y, width, height }, score: 1 };
}

function apply([a, b, c, d, e, f]: AffineMatrix, [x, y]: Point): Point {
  return [a * x + b * y + c, d * x + e * y + f];
}

function near(actual: Point, expected: Point): void {
  assert.ok(Math.hypot(actual[0] - expected[0], actual[1] - expected[1]) < 1e-9, actual.join());
}

describe('cropForCard', () => {
  it('whole: gives the photograph and needs no face', () => {
    const { image, toPhoto } = cropForCard(cv, input({ kind: 'whole' }), photo, undefined);
    assert.equal(image, photo);
    // The corners of the area, not the centres of the corner pixels, stay corners.
    near(apply(toPhoto, [-0.5, -0.5]), [-0.5, -0.5]);
    near(apply(toPhoto, [49.5, 49.5]), [199.5, 99.5]);
  });

  it('box: makes it square about its centre and enlarges it', () => {
    const crop = { kind: 'box', scale: 1.5, square: true, border: 'black' } as const;
    const { image, toPhoto } = cropForCard(cv, input(crop), photo, face(80, 30, 30, 40));
    assert.deepEqual([image.width, image.height], [60, 60]);
    // Centre (95, 50), side 60: columns 65..124, rows 20..79.
    assert.deepEqual([...image.data.subarray(0, 2)], [65, 20]);
    near(apply(toPhoto, [24.5, 24.5]), [94.5, 49.5]);
    near(apply(toPhoto, [-0.5, -0.5]), [64.5, 19.5]);
  });

  it('box: fills, moves or cuts what reaches over the border', () => {
    const at = face(0, 0, 40, 40);
    const kinds = (border: 'black' | 'reflect' | 'replicate' | 'shift' | 'clip') =>
      cropForCard(cv, input({ kind: 'box', scale: 2, square: true, border }), photo, at);
    for (const border of ['black', 'reflect', 'replicate'] as const) {
      const { image, toPhoto } = kinds(border);
      assert.deepEqual([image.width, image.height], [80, 80]);
      near(apply(toPhoto, [-0.5, -0.5]), [-20.5, -20.5]);
      const first = [...image.data.subarray(0, 2)];
      assert.deepEqual(first, { black: [0, 0], reflect: [20, 20], replicate: [0, 0] }[border]);
    }
    const shifted = kinds('shift');
    assert.deepEqual([shifted.image.width, shifted.image.height], [80, 80]);
    near(apply(shifted.toPhoto, [-0.5, -0.5]), [-0.5, -0.5]);
    const clipped = kinds('clip');
    assert.deepEqual([clipped.image.width, clipped.image.height], [60, 60]);
    near(apply(clipped.toPhoto, [49.5, 49.5]), [59.5, 59.5]);
  });

  it('box: shrinks a moved box that is larger than the photograph, keeping its shape', () => {
    const crop = { kind: 'box', scale: 3, square: true, border: 'shift' } as const;
    const { image } = cropForCard(cv, input(crop), photo, face(80, 30, 60, 60));
    assert.deepEqual([image.width, image.height], [100, 100]);
  });

  it('box: maps pixels of an input of any size to themselves', () => {
    const crop = { kind: 'box', scale: 1, square: false, border: 'black' } as const;
    const { toPhoto } = cropForCard(cv, input(crop, null, null), photo, face(10, 20, 30, 40));
    near(apply(toPhoto, [0, 0]), [10, 20]);
  });

  it('template: maps the template’s points to the face’s', () => {
    const template = arcfaceTemplate(112, 112);
    const points = Object.fromEntries(
      Object.entries(template).map(([name, [x, y]]) => [name, [x / 2 + 70, y / 2 + 10]]),
    ) as unknown as typeof template;
    const crop = { kind: 'template', template: 'arcface' } as const;
    const { image, toPhoto } = cropForCard(cv, input(crop, 112, 112), photo, { ...face(0, 0, 9, 9), points });
    assert.deepEqual([image.width, image.height], [112, 112]);
    near(apply(toPhoto, template.nose), points.nose);
    near(apply(toPhoto, [20, 40]), [80, 30]);
    assert.deepEqual([...image.data.subarray((40 * 112 + 20) * 3, (40 * 112 + 20) * 3 + 3)], [80, 30, 255]);
  });

  it('says what is missing', () => {
    const template = input({ kind: 'template', template: 'arcface' }, 112, 112);
    assert.throws(() => cropForCard(cv, template, photo, undefined), Problem);
    assert.throws(() => cropForCard(cv, template, photo, face(0, 0, 9, 9)), /five points/);
    const box = input({ kind: 'box', scale: 1, square: true, border: 'clip' });
    assert.throws(() => cropForCard(cv, box, photo, face(-90, 0, 9, 9)), /outside the photograph/);
  });
});
