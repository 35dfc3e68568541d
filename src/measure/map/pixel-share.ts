/**
 * How many of `pixels` a share is: the whole part, as in upstream's `int(share * pixels)`, but free of rounding where
 * the share is a short decimal (0.29 of 100 is 29, not 28).
 *
 * @param share in [0, 1].
 */
export function pixelShare(share: number, pixels: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share lies in [0, 1]; ${share} does not.`);
  return Math.floor(share * pixels + 1e-9 * pixels);
}
