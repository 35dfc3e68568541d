import type { Interval } from '../../../measure/interval.js';
import type { Comparison } from '../../../measure/compare-with-reference.js';
import type { Measured, RankingRow } from '../doctor-findings.js';
import type { TrialVariant } from '../trial/trial.js';
import { errorRateOf } from './error-rate-of.js';
import type { Ranking } from './rank-variants.js';

/**
 * A row for each variant, in their order.
 * @param card the position of the user's card; -1 where there is none.
 * @param enough whether the samples are enough for intervals.
 */
export function rankingRows(
  ranked: readonly TrialVariant[],
  { values, first, second, chosen, worse }: Ranking,
  card: number,
  { pairs, enough }: { readonly pairs: boolean; readonly enough: boolean },
): RankingRow[] {
  const intervalOf = ({ interval }: Comparison): Interval | null => (enough ? (interval ?? null) : null);
  return ranked.map(({ variant, scores }, at) => {
    const own: Measured = { value: values[at][0], interval: intervalOf(first[at]) };
    return {
      name: variant.name,
      preprocessing: variant.preprocessing,
      unusual: variant.unusual,
      first: pairs ? errorRateOf(own) : own,
      second: { value: values[at][1], interval: intervalOf(second[at]) },
      order: scores.order ?? null,
      chosen: at === chosen,
      card: at === card,
      verdict: at === chosen ? 'chosen' : verdictOf(worse[at]),
    };
  });
}

function verdictOf(worse: Ranking['worse'][number]): RankingRow['verdict'] {
  return worse === undefined ? 'tie' : worse === 'first' ? 'worse' : 'decides worse';
}

/** The rows in the order of a table: the chosen one, then by the first measure and the second. */
export function bestFirst(rows: readonly RankingRow[], { values, chosen }: Ranking): RankingRow[] {
  return rows
    .map((_, at) => at)
    .sort(
      (a, b) =>
        Number(b === chosen) - Number(a === chosen) ||
        values[b][0] - values[a][0] ||
        values[b][1] - values[a][1],
    )
    .map((at) => rows[at]);
}
