import { roundHalfToEven } from '../../../tensor/round-half-to-even.js';

/** Seeds on a regular grid, and the distance of two neighbours in pixels. */
export interface SeedGrid {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly stepX: number;
  readonly stepY: number;
}

/**
 * About `count` seeds at equal distances: `skimage.util.regular_grid` of the shape (1, height, width). Steps are rounded,
 * half to even, so there can be a few more or fewer; an image of 112x112 with 30 gets 6 x 6. Where one side is shorter
 * than a step, all seeds lie in one row.
 */
export function seedGrid(width: number, height: number, count: number): SeedGrid {
  const pixels = width * height;
  if (pixels <= count) return { x: places(width, 0, 1), y: places(height, 0, 1), stepX: 1, stepY: 1 };
  const shorter = Math.min(width, height);
  const longer = Math.max(width, height);
  let stepShorter = Math.pow(pixels / count, 1 / 2);
  let stepLonger = stepShorter;
  if (shorter < stepShorter) {
    stepShorter = shorter;
    stepLonger = longer / count;
  }
  const [ofX, ofY] = width < height ? [stepShorter, stepLonger] : [stepLonger, stepShorter];
  const stepX = roundHalfToEven(ofX);
  const stepY = roundHalfToEven(ofY);
  return {
    x: places(width, Math.floor(ofX / 2), stepX),
    y: places(height, Math.floor(ofY / 2), stepY),
    stepX,
    stepY,
  };
}

function places(length: number, start: number, step: number): number[] {
  const found: number[] = [];
  for (let place = start; place < length; place += step) found.push(place);
  return found;
}
