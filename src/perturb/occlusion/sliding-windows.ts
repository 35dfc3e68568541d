import { Problem } from '../../problem.js';
import type { Occlusion } from './occlusion.js';

/** A length in pixels along each axis. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/**
 * Windows that slide over an image from the upper left corner, row by row, named `y{top}_x{left}`. Along each axis
 * there are ceil((length - window) / stride) + 1 of them, and the last is cut off at the border, so every pixel is
 * covered (the rule of Captum 0.8, `Occlusion`): 128 pixels, window 16 and stride 8 make 15 x 15 windows.
 *
 * @throws Problem where the window is larger than the image, or the stride leaves pixels that no window covers.
 */
export function slidingWindows(width: number, height: number, window: Extent, stride: Extent): Occlusion[] {
  const lefts = positions(width, window.width, stride.width, 'wide');
  const tops = positions(height, window.height, stride.height, 'high');
  return tops.flatMap((y) =>
    lefts.map((x): Occlusion => {
      const box = {
        x,
        y,
        width: Math.min(window.width, width - x),
        height: Math.min(window.height, height - y),
      };
      return { name: `y${y}_x${x}`, kind: 'window', footprint: { shape: 'boxes', boxes: [box] } };
    }),
  );
}

function positions(length: number, window: number, stride: number, dimension: string): number[] {
  for (const [what, value] of [
    ['window', window],
    ['stride', stride],
  ] as const) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Problem(`${what} ${value}`, 'not a whole number of pixels of at least 1');
    }
  }
  if (window > length) {
    throw new Problem(`window ${window}`, `larger than the image, which is ${length} pixels ${dimension}`);
  }
  if (stride > window && length > window) {
    throw new Problem(
      `stride ${stride}`,
      `larger than the window of ${window}, so pixels between the windows would never be covered`,
      `give a stride of at most ${window}`,
    );
  }
  return Array.from({ length: Math.ceil((length - window) / stride) + 1 }, (_, i) => i * stride);
}
