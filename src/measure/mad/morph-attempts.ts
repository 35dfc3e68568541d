import { Problem } from '../../problem.js';

/** The comparisons of one morph with the persons it is made of. */
export interface MorphAttempts {
  readonly morph: string;
  /**
   * The similarities of each contributing person's attempts (probe images); NaN for an attempt without a score, which is
   * never accepted.
   */
  readonly subjects: readonly ArrayLike<number>[];
}

export interface MorphMatchOptions {
  /**
   * What a score on the threshold is: `accepted`, as everywhere else in this project, or `rejected`, as in the paper and in
   * the code of its authors (dasec/mvr).
   * @default 'accepted'
   */
  readonly onThreshold?: 'accepted' | 'rejected' | undefined;
}

/** How many attempts of each subject are accepted. */
export function acceptedAttempts(
  subjects: readonly ArrayLike<number>[],
  threshold: number,
  { onThreshold = 'accepted' }: MorphMatchOptions = {},
): number[] {
  const accepts =
    onThreshold === 'accepted' ? (score: number) => score >= threshold : (score: number) => score > threshold;
  return subjects.map((attempts) => Array.from(attempts).filter(accepts).length);
}

/** @throws Problem where there is no morph, a morph of fewer than two persons, or a person without an attempt */
export function requireAttempts(morphs: readonly MorphAttempts[]): void {
  if (morphs.length === 0) throw new Problem('morphs', 'there are none', 'add morphs');
  for (const { morph, subjects } of morphs) {
    if (subjects.length < 2) {
      throw new Problem(
        `morph ${morph}`,
        `is compared with ${subjects.length} person; it is made of two or more`,
        'add comparisons with the others',
      );
    }
    if (subjects.some(({ length }) => length === 0)) {
      throw new Problem(
        `morph ${morph}`,
        'has a person without an attempt',
        'add one, or leave the morph out',
      );
    }
  }
}
