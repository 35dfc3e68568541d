/** How a class score changes when the image is masked by its map. */
export interface ScoreChange {
  /** Mean of max(0, Y - O) / Y: the lower the better. */
  readonly drop: number;
  /** Share of images with O > Y: the higher the better. */
  readonly increase: number;
  /** Mean of max(0, O - Y) / (1 - Y): the higher the better. */
  readonly gain: number;
}

/**
 * Average drop, increase (Chattopadhay et al., "Grad-CAM++", WACV 2018) and gain (Zhang et al., "Opti-CAM", 2024).
 *
 * @param originals Y, the probability of the class for each image, in (0, 1).
 * @param masked O, that for the image times its map, the map scaled to [0, 1].
 */
export function averageDrop(originals: ArrayLike<number>, masked: ArrayLike<number>): ScoreChange {
  const { length } = originals;
  if (length === 0 || masked.length !== length)
    throw new RangeError('Average drop needs two lists of one length.');
  let drop = 0;
  let increase = 0;
  let gain = 0;
  for (let i = 0; i < length; i++) {
    const y = originals[i];
    const o = masked[i];
    if (!(y > 0 && y < 1)) throw new RangeError(`${y} is not a probability between 0 and 1.`);
    drop += Math.max(0, y - o) / y;
    if (o > y) increase++;
    gain += Math.max(0, o - y) / (1 - y);
  }
  return { drop: drop / length, increase: increase / length, gain: gain / length };
}
