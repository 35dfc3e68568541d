import { upstreamShares } from '../../../perturb/replacement/upstream-pixels.js';

/**
 * What is done to the first image of a pair, more and more of it:
 * - `replacement`: pixels of the patched image are put back, those that explain its decision first;
 * - `insertion`: pixels of the image as it is are put into one with nothing in it;
 * - `deletion`: they are taken out of the image as it is.
 */
export const curveKinds = ['replacement', 'insertion', 'deletion'] as const;
export type CurveKind = (typeof curveKinds)[number];

/** The random order that every method has to beat; it has a curve like a method. */
export const control = 'random';

/** The shares of the pixels that are changed, rising; 5 to 95 % of replaced ones, 10 to 90 % of the others. */
export function changedShares(kind: CurveKind, compat: 'upstream' | undefined): readonly number[] {
  if (kind !== 'replacement') return Array.from({ length: 9 }, (_, at) => (at + 1) / 10);
  return compat === 'upstream' ? upstreamShares : Array.from({ length: 19 }, (_, at) => (at + 1) / 20);
}

/**
 * The shares of a whole curve: with 0, where nothing is changed yet; an insertion ends with 1, which is the image as it
 * is. An image with nothing in it tells nothing of an explanation and is left out.
 */
export function curveShares(kind: CurveKind, compat: 'upstream' | undefined): readonly number[] {
  const changed = changedShares(kind, compat);
  return kind === 'insertion' ? [...changed, 1] : [0, ...changed];
}
