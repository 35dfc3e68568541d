import { identityBootstrap } from '../../../measure/identity-bootstrap.js';
import type { Interval } from '../../../measure/interval.js';
import type { RegionEvidence } from '../../pair/region-evidence.js';
import { type Outcome, outcomes } from '../outcome.js';
import type { PairEvidence } from './explain.task.js';

/** One pair with its evidence by the name of the method. */
export interface ExplainedPair {
  readonly identities: readonly [a: string, b: string];
  readonly outcome: Outcome;
  readonly evidence: Readonly<Record<string, PairEvidence>>;
}

/** The mean of a share over pairs. */
export interface MeanShare {
  /** In [0, 1]. */
  readonly mean: number;
  /** 95 %, resampled over persons; null where there are fewer than two, or no spread. */
  readonly low: number | null;
  readonly high: number | null;
  /** Pairs that have it: a map that is zero everywhere has no shares. */
  readonly pairs: number;
}

/** Where the evidence lies, on average over the pairs of one outcome. */
export interface AverageEvidence {
  readonly method: string;
  readonly outcome: Outcome | 'all';
  readonly region: string;
  /** Pairs with landmarks, and the persons that they show. */
  readonly pairs: number;
  readonly identities: number;
  /** The region's mean share of the pixels, which is its share of evidence that is spread evenly. */
  readonly area: number;
  /** Null where no pair has it. */
  readonly positive: MeanShare | null;
  readonly negative: MeanShare | null;
}

/**
 * The mean share of the evidence per region, over all pairs and over those of each outcome that occurs. A pair counts with
 * the mean of its two images. All methods and regions share the resamples.
 *
 * @param methods the names of the methods, in the order of the table.
 */
export function averageEvidence(
  pairs: readonly ExplainedPair[],
  methods: readonly string[],
  seed: number,
): AverageEvidence[] {
  const withRegions = pairs.filter(({ evidence }) =>
    Object.values(evidence).some(({ a, b }) => a !== null || b !== null),
  );
  return (['all', ...outcomes] as const).flatMap((outcome) => {
    const members = withRegions.filter((pair) => outcome === 'all' || pair.outcome === outcome);
    return members.length === 0 ? [] : averageGroup(members, outcome, methods, seed);
  });
}

function averageGroup(
  pairs: readonly ExplainedPair[],
  outcome: Outcome | 'all',
  methods: readonly string[],
  seed: number,
): AverageEvidence[] {
  const regions = regionNames(pairs[0]);
  // Three columns a method and region: area, positive, negative.
  const columns = methods.flatMap((method) =>
    regions.flatMap((region) =>
      (['area', 'positive', 'negative'] as const).map((kind) =>
        Float64Array.from(pairs, ({ evidence }) => meanOfImages(evidence[method], region, kind)),
      ),
    ),
  );
  const identities = new Set(pairs.flatMap((pair) => pair.identities)).size;
  const statistics = (weights: Float64Array) => columns.map((values) => weightedMean(values, weights));
  const means = statistics(new Float64Array(pairs.length).fill(1));
  const intervals: readonly (Interval | undefined)[] =
    identities < 2
      ? []
      : identityBootstrap(
          pairs.map((pair) => pair.identities),
          statistics,
          { seed },
        ).intervals;
  const share = (column: number): MeanShare | null =>
    Number.isNaN(means[column])
      ? null
      : {
          mean: means[column],
          low: intervals.at(column)?.low ?? null,
          high: intervals.at(column)?.high ?? null,
          pairs: columns[column].filter((value) => !Number.isNaN(value)).length,
        };
  return methods.flatMap((method, at) =>
    regions.map((region, place) => {
      const column = 3 * (at * regions.length + place);
      return {
        method,
        outcome,
        region,
        pairs: pairs.length,
        identities,
        area: means[column],
        positive: share(column + 1),
        negative: share(column + 2),
      };
    }),
  );
}

function regionNames({ evidence }: ExplainedPair): string[] {
  const known = Object.values(evidence).flatMap(({ a, b }) => a ?? b ?? []);
  return [...new Set(known.map(({ region }) => region))];
}

/** NaN where neither image has it. */
function meanOfImages(
  { a, b }: PairEvidence,
  region: string,
  kind: keyof Omit<RegionEvidence, 'region'>,
): number {
  const values = [a, b].flatMap((image) => image?.find((each) => each.region === region)?.[kind] ?? []);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let [sum, weight] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    if (Number.isNaN(values[at])) continue;
    sum += weights[at] * values[at];
    weight += weights[at];
  }
  return sum / weight;
}
