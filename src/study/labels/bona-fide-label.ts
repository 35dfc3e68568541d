import { Problem } from '../../problem.js';

/** Names that data sets give to bona fide presentations. */
const bonaFideNames = new Set(['bonafide', 'live', 'real', 'genuine', 'alive', 'liveness']);

/**
 * Which of the labels of a data set is bona fide: the one that the user names, else the only one with a usual name for it.
 * @returns `undefined` where there is none, or several could be meant
 * @throws {Problem} where the user names one that does not occur
 */
export function bonaFideLabel(
  names: readonly string[],
  given: string | undefined,
  source: string,
): string | undefined {
  if (given !== undefined) {
    if (names.includes(given)) return given;
    throw new Problem(
      `--bona-fide ${given}`,
      `is no label of ${source}`,
      `the labels are ${names.join(', ')}`,
    );
  }
  const known = names.filter((name) => bonaFideNames.has(name.toLowerCase().replaceAll(/[\s_-]/g, '')));
  return known.length === 1 ? known[0] : undefined;
}
