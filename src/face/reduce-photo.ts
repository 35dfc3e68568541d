import type { Point } from '../image/geometry.js';
import type { RasterImage } from '../image/raster-image.js';
import { blankImage } from '../image/raster-image.js';
import type { Face } from './face.js';

/** Photographs up to this length of the longer side are searched as they are. */
export const LARGEST_SIDE = 3200;

/** The whole factor that brings a photograph of this size down to `LARGEST_SIDE` or less. */
export function reductionFactor({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): number {
  return Math.ceil(Math.max(width, height) / LARGEST_SIDE);
}

/** Averages blocks of factor x factor pixels, rounding half up; what fills no whole block is dropped. */
export function reducePhoto(photo: RasterImage, factor: number): RasterImage {
  if (factor === 1) return photo;
  const { channels } = photo;
  const width = Math.max(1, Math.floor(photo.width / factor));
  const height = Math.max(1, Math.floor(photo.height / factor));
  const reduced = blankImage(width, height, channels);
  const sums = new Uint32Array(width * channels);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const rows = Math.min(factor, photo.height - y * factor);
    for (let row = y * factor; row < y * factor + rows; row++) {
      let from = row * photo.width * channels;
      for (let x = 0; x < width; x++) {
        for (let i = 0; i < factor && x * factor + i < photo.width; i++) {
          for (let channel = 0; channel < channels; channel++)
            sums[x * channels + channel] += photo.data[from++];
        }
      }
    }
    const count = rows * Math.min(factor, photo.width);
    for (let i = 0; i < sums.length; i++) {
      reduced.data[y * width * channels + i] = Math.floor(sums[i] / count + 0.5);
    }
  }
  return reduced;
}

/** A face found in a reduced photograph, in pixels of the photograph. */
export function enlargeFace(face: Face, factor: number): Face {
  if (factor === 1) return face;
  const { box, points } = face;
  const enlarged = {
    ...face,
    box: { x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor },
  };
  if (points === undefined) return enlarged;
  // Pixel centres: the first of a block of four lies 1.5 pixels before its middle.
  const place = ([x, y]: Point): Point => [(x + 0.5) * factor - 0.5, (y + 0.5) * factor - 0.5];
  return {
    ...enlarged,
    points: {
      leftEye: place(points.leftEye),
      rightEye: place(points.rightEye),
      nose: place(points.nose),
      mouthLeft: place(points.mouthLeft),
      mouthRight: place(points.mouthRight),
    },
  };
}
