import { Problem } from '../problem.js';

/** @throws Problem where an image has no pixels, or more than are decoded */
export function checkSize(width: number, height: number, name: string, maxPixels: number): void {
  if (width * height > maxPixels) {
    throw new Problem(
      name,
      `has ${width} x ${height} pixels; at most ${Math.round(maxPixels / 1e6)} million are decoded`,
      'reduce it first: no model here looks at more than a few hundred pixels a side of a face',
    );
  }
  if (width < 1 || height < 1) throw new Problem(name, `has ${width} x ${height} pixels`);
}
