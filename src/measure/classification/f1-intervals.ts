import { clusterBootstrap } from '../cluster-bootstrap.js';
import type { IdentityBootstrapOptions } from '../identity-bootstrap.js';
import type { Interval } from '../interval.js';
import type { Classified } from './classified.js';
import { f1OfCounts } from './f1-of-counts.js';

/**
 * The interval of the F1 score of each class, by resampling persons, or images where persons are not known; undefined where
 * the resamples show no spread.
 */
export function f1Intervals(
  samples: readonly (Classified & { readonly person?: string | undefined })[],
  classes: readonly string[],
  options: IdentityBootstrapOptions = {},
): (Interval | undefined)[] {
  const actual = samples.map((sample) => classes.indexOf(sample.actual));
  const predicted = samples.map((sample) => classes.indexOf(sample.predicted));
  const intervals = clusterBootstrap(
    samples.map(({ person }, at) => person ?? `\0${at}`),
    (weights) => {
      const right = new Float64Array(classes.length);
      const of = new Float64Array(classes.length);
      const taken = new Float64Array(classes.length);
      for (let at = 0; at < actual.length; at++) {
        of[actual[at]] += weights[at];
        taken[predicted[at]] += weights[at];
        if (actual[at] === predicted[at]) right[actual[at]] += weights[at];
      }
      return classes.map((_, at) =>
        f1OfCounts({
          truePositives: right[at],
          falseNegatives: of[at] - right[at],
          falsePositives: taken[at] - right[at],
          trueNegatives: 0,
        }),
      );
    },
    options,
  );
  return classes.map((_, at) => intervals[at]);
}
