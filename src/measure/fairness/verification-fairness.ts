import { supportedIntervals } from '../cluster-bootstrap.js';
import { identityBootstrap, type IdentityBootstrapOptions } from '../identity-bootstrap.js';
import type { Interval } from '../interval.js';
import type { Measured } from '../measured.js';
import { type NoRate, type Rate, supportedRate } from '../rate.js';
import { fairnessDiscrepancyRate } from './fairness-discrepancy-rate.js';
import { garbe } from './garbe.js';
import { type GroupedTrial, GroupPairs, type PairCounts } from './group-pairs.js';
import { inequityRate, maxToMin } from './inequity-rate.js';
import { maxToGeometricMean } from './max-to-geometric-mean.js';

export interface VerificationFairnessOptions extends IdentityBootstrapOptions {
  /** Weight of the false matches in FDR, IR and GARBE, in [0, 1]. @default 0.5 */
  readonly alpha?: number | undefined;
  /** Pairs that a rate needs. @default 10 */
  readonly leastTrials?: number | undefined;
  /**
   * Errors that every compared group needs for a ratio of rates. With fewer than 5, more than one resample in 150 has
   * none, and the ratio no value.
   * @default 5
   */
  readonly leastErrors?: number | undefined;
}

/** The rates of pairs of images of two groups, or of one group where both are the same. */
export interface PairRates {
  readonly groups: readonly [string, string];
  /** False match rate of the impostor pairs. */
  readonly fmr: Rate | NoRate;
  /** False non-match rate of the genuine pairs. Those of two groups are of a person who is in one group, then in another. */
  readonly fnmr: Rate | NoRate;
  /** Bootstrap over persons, who stand in many pairs each; undefined where there is no spread. */
  readonly fmrOverPersons: Interval | undefined;
  readonly fnmrOverPersons: Interval | undefined;
}

export interface VerificationFairness {
  readonly threshold: number;
  readonly alpha: number;
  /** The pairs within each group, in code-unit order. */
  readonly groups: readonly PairRates[];
  /** The pairs of two groups that there are. */
  readonly crossGroup: readonly PairRates[];
  /** Pairs without a score (NaN); they are in no rate. */
  readonly withoutScore: number;
  /** The groups that the measures below compare, by their pairs within the group. */
  readonly compared: readonly string[];
  /** The groups that have too few pairs, with the reason. */
  readonly leftOut: readonly { readonly group: string; readonly reason: string }[];
  readonly fairnessDiscrepancyRate: Measured;
  readonly inequityRate: Measured;
  readonly garbe: Measured;
  /** The largest over the smallest rate of the groups. */
  readonly fmrMaxToMin: Measured;
  readonly fnmrMaxToMin: Measured;
  /** The largest rate over the geometric mean of the groups'. */
  readonly fmrMaxToGeometricMean: Measured;
  readonly fnmrMaxToGeometricMean: Measured;
}

/** The measures over groups, and whether they are ratios to a rate that must not be 0. */
const measures = {
  fairnessDiscrepancyRate: { of: fairnessDiscrepancyRate, ratioOf: [] },
  inequityRate: { of: inequityRate, ratioOf: ['fmr', 'fnmr'] },
  garbe: { of: garbe, ratioOf: [] },
  fmrMaxToMin: { of: (fmr) => maxToMin(fmr), ratioOf: ['fmr'] },
  fnmrMaxToMin: { of: (_, fnmr) => maxToMin(fnmr), ratioOf: ['fnmr'] },
  fmrMaxToGeometricMean: { of: (fmr) => maxToGeometricMean(fmr), ratioOf: ['fmr'] },
  fnmrMaxToGeometricMean: { of: (_, fnmr) => maxToGeometricMean(fnmr), ratioOf: ['fnmr'] },
} as const satisfies Record<string, GroupMeasure>;

interface GroupMeasure {
  readonly of: (fmr: readonly number[], fnmr: readonly number[], alpha: number) => number;
  readonly ratioOf: readonly ('fmr' | 'fnmr')[];
}

/**
 * Whether a verification system errs equally often in all groups at one threshold; a pair is accepted where its score is
 * at or above it.
 *
 * A group's FMR is over impostor pairs within the group, which are the hard ones; pairs of two groups stand beside them. The
 * intervals of all measures come from resampling persons (`identityBootstrap`); groups with too few pairs are left out
 * and named.
 *
 * @throws Problem where fewer than two persons are there
 */
export function verificationFairness(
  trials: readonly GroupedTrial[],
  threshold: number,
  { alpha = 0.5, leastTrials = 10, leastErrors = 5, ...bootstrap }: VerificationFairnessOptions = {},
): VerificationFairness {
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`A weight lies in [0, 1]; ${alpha} does not.`);
  const scored = trials.filter(({ score }) => !Number.isNaN(score));
  const pairs = new GroupPairs(scored, threshold);
  const { groups } = pairs;
  const observed = pairs.counts(new Float64Array(scored.length).fill(1));

  const cells = groups.flatMap((a, i) =>
    groups.slice(i).map((b, j) => ({ a, b, cell: pairs.cell(i, i + j) })),
  );
  const present = cells.filter(
    ({ a, b, cell }) => a === b || observed.genuine[cell] + observed.impostor[cell] > 0,
  );
  const ratesOf = (a: string, b: string, cell: number) => {
    const where = a === b ? `of ${a}` : `of ${a} and ${b}`;
    return {
      fmr: supportedRate(
        observed.falseMatches[cell],
        observed.impostor[cell],
        leastTrials,
        `impostor pairs ${where}`,
      ),
      fnmr: supportedRate(
        observed.falseNonMatches[cell],
        observed.genuine[cell],
        leastTrials,
        `genuine pairs ${where}`,
      ),
    };
  };

  const within = groups.map((group, at) => ({
    group,
    cell: pairs.cell(at, at),
    ...ratesOf(group, group, pairs.cell(at, at)),
  }));
  const leftOut = within.flatMap(({ group, fmr, fnmr }) => {
    const reasons = [fmr, fnmr].flatMap((own) => ('reason' in own ? [own.reason] : []));
    return reasons.length === 0 ? [] : [{ group, reason: reasons.join('; ') }];
  });
  const compared = within.filter(({ fmr, fnmr }) => fmr.rate !== null && fnmr.rate !== null);
  const measuresOf = (counts: PairCounts): number[] => {
    const fmr = compared.map(({ cell }) => counts.falseMatches[cell] / counts.impostor[cell]);
    const fnmr = compared.map(({ cell }) => counts.falseNonMatches[cell] / counts.genuine[cell]);
    if ([...fmr, ...fnmr].some(Number.isNaN)) return names.map(() => Number.NaN);
    return names.map((name) => measures[name].of(fmr, fnmr, alpha));
  };
  const intervals = supportedIntervals(
    identityBootstrap(
      scored.map(({ identities }) => identities),
      (weights) => {
        const counts = pairs.counts(weights);
        return [
          ...measuresOf(counts),
          ...present.flatMap(({ cell }) => [
            counts.falseMatches[cell] / counts.impostor[cell],
            counts.falseNonMatches[cell] / counts.genuine[cell],
          ]),
        ];
      },
      bootstrap,
    ),
  );

  const values = measuresOf(observed);
  const measured = names.map((name, at): [string, Measured] => {
    const reason = reasonAgainst(compared, measures[name].ratioOf, leastErrors);
    return [
      name,
      reason === undefined ? { value: values[at], interval: intervals[at] } : { value: null, reason },
    ];
  });
  const rows = present.map(({ a, b, cell }, at): PairRates => ({
    groups: [a, b],
    ...ratesOf(a, b, cell),
    fmrOverPersons: intervals[names.length + 2 * at],
    fnmrOverPersons: intervals[names.length + 2 * at + 1],
  }));
  return {
    threshold,
    alpha,
    groups: rows.filter(({ groups: [a, b] }) => a === b),
    crossGroup: rows.filter(({ groups: [a, b] }) => a !== b),
    withoutScore: trials.length - scored.length,
    compared: compared.map(({ group }) => group),
    leftOut,
    ...(Object.fromEntries(measured) as Record<keyof typeof measures, Measured>),
  };
}

const names = Object.keys(measures) as (keyof typeof measures)[];

function reasonAgainst(
  compared: readonly { readonly group: string; readonly fmr: Rate | NoRate; readonly fnmr: Rate | NoRate }[],
  ratioOf: readonly ('fmr' | 'fnmr')[],
  leastErrors: number,
): string | undefined {
  if (compared.length < 2) {
    return `${compared.length === 1 ? 'one group has' : 'no group has'} enough pairs; two are compared`;
  }
  const least = Math.max(1, leastErrors);
  const word = { fmr: 'false matches', fnmr: 'false non-matches' };
  const tooFew = ratioOf.flatMap((name) =>
    compared
      .filter((own) => own[name].errors < least)
      .map((own) => `${own[name].errors} ${word[name]} in ${own.group}`),
  );
  return tooFew.length === 0 ? undefined : `${tooFew[0]}: a ratio needs ${least} in each group`;
}
