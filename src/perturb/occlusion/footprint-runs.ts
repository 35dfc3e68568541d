import { fillPolygon } from '../../image/fill-polygon.js';
import type { Box, Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import { blankImage } from '../../image/raster-image.js';
import type { Footprint } from './occlusion.js';

/**
 * The pixels of a footprint inside one image as horizontal runs: triples (y, first x, x after the last), from the top.
 * Runs do not overlap, so each pixel is visited once.
 */
export type Runs = Int32Array;

/**
 * The runs of a footprint in an image of the given size. What reaches over the border is cut off.
 * @param cv fills polygons; boxes do without it.
 */
export function footprintRuns(
  cv: OpenCv | undefined,
  footprint: Footprint,
  width: number,
  height: number,
): Runs {
  if (footprint.shape === 'boxes' && footprint.boxes.length === 1) {
    return boxRuns(footprint.boxes[0], width, height);
  }
  const mask = new Uint8Array(width * height);
  if (footprint.shape === 'boxes') {
    for (const box of footprint.boxes) fillRuns(mask, width, boxRuns(box, width, height), 1);
  } else {
    if (cv === undefined) throw new Error('Polygons are filled by OpenCV, which is not loaded.');
    for (const polygon of footprint.polygons) fillOutline(cv, mask, width, height, polygon);
  }
  return maskRuns(mask, width, height);
}

/** Sets the values of a map of the given width wherever the runs are. */
export function fillRuns(map: Uint8Array, width: number, runs: Runs, value: number): void {
  for (let i = 0; i < runs.length; i += 3) {
    map.fill(value, runs[i] * width + runs[i + 1], runs[i] * width + runs[i + 2]);
  }
}

function boxRuns(box: Box, width: number, height: number): Runs {
  const left = Math.max(box.x, 0);
  const right = Math.min(box.x + box.width, width);
  const top = Math.max(box.y, 0);
  const bottom = Math.min(box.y + box.height, height);
  if (left >= right || top >= bottom) return new Int32Array();
  const runs = new Int32Array((bottom - top) * 3);
  for (let row = top, i = 0; row < bottom; row++) {
    runs[i++] = row;
    runs[i++] = left;
    runs[i++] = right;
  }
  return runs;
}

/** Marks a filled polygon. It is drawn on a canvas of its own size: OpenCV then copies little and clips nothing. */
function fillOutline(
  cv: OpenCv,
  mask: Uint8Array,
  width: number,
  height: number,
  polygon: readonly Point[],
): void {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  const blank = blankImage(Math.max(...xs) - left + 1, Math.max(...ys) - top + 1, 1);
  const moved = polygon.map(([x, y]): Point => [x - left, y - top]);
  const canvas = fillPolygon(cv, blank, moved, [1]);
  for (let y = Math.max(top, 0); y < Math.min(top + canvas.height, height); y++) {
    for (let x = Math.max(left, 0); x < Math.min(left + canvas.width, width); x++) {
      mask[y * width + x] |= canvas.data[(y - top) * canvas.width + (x - left)];
    }
  }
}

function maskRuns(mask: Uint8Array, width: number, height: number): Runs {
  const runs: number[] = [];
  for (let y = 0; y < height; y++) {
    const row = mask.subarray(y * width, (y + 1) * width);
    for (let start = row.indexOf(1); start >= 0;) {
      const end = row.indexOf(0, start);
      runs.push(y, start, end < 0 ? width : end);
      start = end < 0 ? -1 : row.indexOf(1, end);
    }
  }
  return Int32Array.from(runs);
}
