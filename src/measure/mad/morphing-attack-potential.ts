import { Problem } from '../../problem.js';
import { type Rate, rate } from '../rate.js';
import {
  acceptedAttempts,
  type MorphAttempts,
  type MorphMatchOptions,
  requireAttempts,
} from './morph-attempts.js';

/** The comparisons of the same morphs by one face recognition system. */
export interface SystemAttempts {
  readonly system: string;
  /** Its own threshold, such as that of FMR 0.001. */
  readonly threshold: number;
  readonly morphs: readonly MorphAttempts[];
}

/**
 * The morphing attack potential: `map[r - 1][c - 1]` is the share of morphs that at least c systems accept at least r times for
 * every contributing person. MAP[1, 1] says that the morph works once, somewhere; the last cell that it works everywhere.
 * There are as many rows as the least number of attempts of any person, so every morph can reach each of them.
 *
 * Ferrara, Franco, Maltoni and Busch, "Morphing attack potential", IWBF 2022, and their code (`MAP.py`); ISO/IEC 20059.
 *
 * @param systems all with the same morphs, in any order.
 * @throws Problem where the systems do not have the same morphs, or a morph lacks a person's attempts
 */
export function morphingAttackPotential(
  systems: readonly SystemAttempts[],
  options: MorphMatchOptions = {},
): Rate[][] {
  const accepted = systems.map(({ system, threshold, morphs }) => {
    requireAttempts(morphs);
    const counts = new Map(
      morphs.map(({ morph, subjects }) => [morph, acceptedAttempts(subjects, threshold, options)]),
    );
    if (counts.size < morphs.length)
      throw new Problem(system, 'has a morph twice', 'give all its attempts at once');
    return counts;
  });
  const [first, ...others] = accepted;
  const names = [...first.keys()];
  others.forEach((counts, at) => {
    const unlike =
      counts.size === first.size
        ? names.find((name) => counts.get(name)?.length !== first.get(name)!.length)
        : (names.find((name) => !counts.has(name)) ?? [...counts.keys()].find((name) => !first.has(name)));
    if (unlike === undefined) return;
    throw new Problem(
      `morph ${unlike}`,
      `is not compared with the same persons by ${systems[0].system} and ${systems[at + 1].system}`,
      'give all systems the same morphs',
    );
  });
  const attempts = Math.min(
    ...systems.flatMap(({ morphs }) =>
      morphs.flatMap(({ subjects }) => subjects.map(({ length }) => length)),
    ),
  );
  return Array.from({ length: attempts }, (_, r) =>
    systems.map((__, c) => {
      const successful = names.filter(
        (name) => accepted.filter((counts) => counts.get(name)!.every((count) => count > r)).length > c,
      );
      return rate(successful.length, names.length);
    }),
  );
}
