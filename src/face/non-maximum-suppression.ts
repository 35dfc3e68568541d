/** A rectangle by its corners, in pixels, with the confidence that it holds a face. */
export interface ScoredCorners {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
}

export interface SuppressionOptions {
  /** What the overlap is divided by: the area of both together, or that of the smaller one. Default `union`. */
  readonly measure?: 'union' | 'smaller';
  /** Counts the right and the bottom pixel in: lengths are right - left + 1. Default false. */
  readonly inclusive?: boolean;
}

/**
 * Keeps the surest rectangle, drops those that overlap it by more than `threshold`, and so on.
 * The result is in falling order of the score; equal scores keep their order.
 */
export function suppressNonMaxima<Rectangle extends ScoredCorners>(
  rectangles: readonly Rectangle[],
  threshold: number,
  options: SuppressionOptions = {},
): Rectangle[] {
  const extra = options.inclusive === true ? 1 : 0;
  const bySmaller = options.measure === 'smaller';
  const kept: Rectangle[] = [];
  const areas: number[] = [];
  for (const candidate of [...rectangles].sort((a, b) => b.score - a.score)) {
    const { left, top, right, bottom } = candidate;
    const area = (right - left + extra) * (bottom - top + extra);
    let clear = true;
    for (let i = 0; i < kept.length && clear; i++) {
      const other = kept[i];
      const width = Math.min(right, other.right) - Math.max(left, other.left) + extra;
      const height = Math.min(bottom, other.bottom) - Math.max(top, other.top) + extra;
      const overlap = Math.max(0, width) * Math.max(0, height);
      const whole = bySmaller ? Math.min(area, areas[i]) : area + areas[i] - overlap;
      clear = overlap <= threshold * whole;
    }
    if (!clear) continue;
    kept.push(candidate);
    areas.push(area);
  }
  return kept;
}
