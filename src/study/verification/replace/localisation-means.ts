import { identityBootstrap } from '../../../measure/identity-bootstrap.js';
import type { Estimate } from './curve-areas.js';
import { type LocalisationMeasure, localisationMeasures } from './locate-patches.js';
import type { ReplacedResult } from './study-curves.js';

/** The mean of one measure over the pairs of a class. */
export interface LocalisationMean extends Estimate {
  readonly method: string;
  readonly class: 'all' | 'genuine' | 'impostor';
  readonly measure: LocalisationMeasure;
  /** Pairs that have a value. */
  readonly pairs: number;
  /** What a map that knows nothing of the patches has on average; null where that depends on the map. */
  readonly chance: number | null;
}

/** How well each method finds the patches, with 95 % intervals over persons. A class without pairs has no mean. */
export function localisationMeans(
  results: readonly ReplacedResult[],
  methods: readonly string[],
  seed: number,
): LocalisationMean[] {
  const classes = ['all', 'genuine', 'impostor'] as const;
  const measures = Object.keys(localisationMeasures) as LocalisationMeasure[];
  return classes.flatMap((name) => {
    const own = results.filter(({ pair }) => name === 'all' || pair.genuine === (name === 'genuine'));
    if (own.length === 0) return [];
    const quantities = methods.flatMap((method) =>
      measures.map((measure) => ({
        method,
        measure,
        // JSON has no NaN.
        values: own.map(({ result }) => result.localisation[method][measure] ?? Number.NaN),
      })),
    );
    const covered = own.reduce((sum, { result }) => sum + result.coveredShare, 0) / own.length;
    const means = (weights: ArrayLike<number>) =>
      quantities.map(({ values }) => {
        let [sum, all] = [0, 0];
        values.forEach((value, at) => {
          if (Number.isNaN(value)) return;
          sum += weights[at] * value;
          all += weights[at];
        });
        return sum / all;
      });
    const persons = own.map(({ pair }) => [pair.identityA, pair.identityB] as const);
    const intervals =
      new Set(persons.flat()).size < 2 ? [] : identityBootstrap(persons, means, { seed }).intervals;
    const values = means(new Float64Array(own.length).fill(1));
    return quantities.map(({ method, measure, values: single }, at) => ({
      method,
      class: name,
      measure,
      value: values[at],
      low: intervals[at]?.low ?? null,
      high: intervals[at]?.high ?? null,
      pairs: single.filter((value) => !Number.isNaN(value)).length,
      chance: measure === 'IoU' ? null : measure === 'ROC area' ? 0.5 : covered,
    }));
  });
}
