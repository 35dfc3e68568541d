import jstat from 'jstat';

/**
 * The normal deviate of a probability: the value below which a standard normal variable falls with probability `p`.
 * The axes of a DET plot are scaled by it (Martin et al., "The DET curve in assessment of detection task
 * performance", Eurospeech 1997).
 *
 * @param p in [0, 1]; 0 gives -Infinity and 1 gives Infinity.
 */
export function normalDeviate(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is not a probability.`);
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  return jstat.jStat.normal.inv(p, 0, 1);
}
