/**
 * Cosine of the angle between two vectors of any length but zero, -1..1, computed in float64.
 * @throws RangeError where the vectors differ in their number of elements, or one is zero or not finite.
 */
export function cosineSimilarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`vectors of ${a.length} and ${b.length} elements`);
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let at = 0; at < a.length; at++) {
    dot += a[at] * b[at];
    squaresA += a[at] * a[at];
    squaresB += b[at] * b[at];
  }
  const cosine = dot / Math.sqrt(squaresA) / Math.sqrt(squaresB);
  if (!Number.isFinite(cosine)) throw new RangeError('a vector that is zero or not finite has no direction');
  return Math.min(1, Math.max(-1, cosine));
}
