import { identityBootstrap } from '../../../measure/identity-bootstrap.js';
import type { Interval } from '../../../measure/interval.js';
import { rate } from '../../../measure/rate.js';
import { type StudyRate, studyRate } from '../threshold/summarise-scores.js';
import type { PatchedPair } from './patched-pairs.js';

/** One error rate before and after patching, at the same threshold and over the same pairs. */
export interface PatchRate {
  readonly rate: 'fmr' | 'fnmr';
  readonly original: StudyRate;
  readonly patched: StudyRate;
  /** Patched minus original. Its interval is null where the resamples show no spread. */
  readonly change: { readonly value: number; readonly low: number | null; readonly high: number | null };
}

/**
 * FMR and FNMR at the fixed threshold before and after patching, with 95 % intervals over persons; a class without pairs
 * has no rate. Both are resampled together, so the interval of the change is that of paired rates.
 */
export function patchRates(pairs: readonly PatchedPair[], threshold: number, seed: number): PatchRate[] {
  const wrong = pairs.map(({ pair, patched }) =>
    [pair.cosine, patched.cosine].map((cosine) => (cosine >= threshold === pair.genuine ? 0 : 1)),
  );
  const classes = [
    { rate: 'fmr', genuine: false },
    { rate: 'fnmr', genuine: true },
  ] as const;
  const shares = (weights: Float64Array): number[] =>
    classes.flatMap(({ genuine }) => {
      let [all, before, after] = [0, 0, 0];
      for (let at = 0; at < pairs.length; at++) {
        if (pairs[at].pair.genuine !== genuine) continue;
        all += weights[at];
        before += weights[at] * wrong[at][0];
        after += weights[at] * wrong[at][1];
      }
      return [before / all, after / all, (after - before) / all];
    });
  const persons = pairs.map(({ pair }) => [pair.identityA, pair.identityB] as const);
  const intervals: readonly (Interval | undefined)[] =
    new Set(persons.flat()).size < 2 ? [] : identityBootstrap(persons, shares, { seed }).intervals;

  return classes.flatMap(({ rate: name, genuine }, kind) => {
    const own = wrong.filter((_, at) => pairs[at].pair.genuine === genuine);
    if (own.length === 0) return [];
    const [original, patched] = [0, 1].map((at) =>
      studyRate(
        rate(
          own.reduce((sum, each) => sum + each[at], 0),
          own.length,
        ),
        intervals[3 * kind + at],
      ),
    );
    const change = intervals[3 * kind + 2];
    return [
      {
        rate: name,
        original,
        patched,
        change: {
          value: patched.rate - original.rate,
          low: change?.low ?? null,
          high: change?.high ?? null,
        },
      },
    ];
  });
}
