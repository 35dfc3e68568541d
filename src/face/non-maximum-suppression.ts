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
  const area = ({ left, top, right, bottom }: ScoredCorners) =>
    (right - left + extra) * (bottom - top + extra);
  const kept: Rectangle[] = [];
  const sorted = [...rectangles].sort((a, b) => b.score - a.score);
  for (const candidate of sorted) {
    const clear = kept.every((other) => {
      const width = Math.min(candidate.right, other.right) - Math.max(candidate.left, other.left) + extra;
      const height = Math.min(candidate.bottom, other.bottom) - Math.max(candidate.top, other.top) + extra;
      const overlap = Math.max(0, width) * Math.max(0, height);
      const whole =
        options.measure === 'smaller'
          ? Math.min(area(candidate), area(other))
          : area(candidate) + area(other) - overlap;
      return overlap <= threshold * whole;
    });
    if (clear) kept.push(candidate);
  }
  return kept;
}
