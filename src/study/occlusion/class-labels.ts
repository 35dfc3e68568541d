import { Problem } from '../../problem.js';

/** What the two labels of a score file, and the two ends of its score, mean in words. */
export interface ClassLabels {
  /** Meaning of label 0 and of a score of 0. */
  readonly zero: string;
  /** Meaning of label 1 and of a score of 1. */
  readonly one: string;
}

/**
 * Reads `0=morph` and `1=bona fide`.
 * @throws {Problem} where one of the two is missing or there is anything else.
 */
export function parseClassLabels(entries: readonly string[]): ClassLabels {
  const names = new Map<string, string>();
  for (const entry of entries) {
    const [label, name] = entry.split('=', 2).map((part) => part.trim());
    if ((label !== '0' && label !== '1') || !name) {
      throw new Problem(
        `--class-labels "${entry}"`,
        'is not a label with its name',
        'write 0=morph,"1=bona fide"',
      );
    }
    names.set(label, name);
  }
  const zero = names.get('0');
  const one = names.get('1');
  if (zero === undefined || one === undefined) {
    throw new Problem('--class-labels', 'must name both labels', 'write 0=morph,"1=bona fide"');
  }
  return { zero, one };
}
