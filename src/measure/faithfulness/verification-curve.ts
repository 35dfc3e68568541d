import { type Rate, rate } from '../rate.js';
import { curveArea } from './curve-area.js';

/** The scores of a protocol's pairs while more and more of an image is removed, inserted or put back. */
export interface VerificationLevels {
  /** Shares of the pixels, rising, such as 0, 0.05, ..., 0.95. At least two. */
  readonly shares: readonly number[];
  /** For each share the score of every pair; NaN where there is none. */
  readonly scores: readonly ArrayLike<number>[];
  /** For every pair whether it shows one person. */
  readonly genuine: readonly boolean[];
  /** Fixed, from data that were not changed; a pair is accepted where its score is at or above it. */
  readonly threshold: number;
}

/** One rate at every share. */
export interface RateCurve {
  readonly rates: readonly Rate[];
  /** The mean of the rate over the shares (`curveArea`). Its interval comes from `verificationCurveIntervals`. */
  readonly area: number;
}

export interface VerificationCurve {
  readonly shares: readonly number[];
  /** Undefined without impostor pairs. */
  readonly fmr: RateCurve | undefined;
  /** Undefined without genuine pairs. */
  readonly fnmr: RateCurve | undefined;
  /** Pairs decided rightly, of both classes; `errors` counts the right ones. */
  readonly accuracy: RateCurve;
  /** Pairs with a score at every share; the others are left out at all of them, so all points have one sample. */
  readonly pairs: number;
}

/**
 * FMR, FNMR and accuracy at a fixed threshold over the share of changed pixels: the curves of decision-based patch
 * replacement (Huber et al., WACV 2024), where FMR and FNMR should fall fast as pixels are put back, and of insertion
 * and deletion for verification (Lu et al., "Explanation of face recognition via saliency maps", 2023), where
 * accuracy should rise or fall fast.
 */
export function verificationCurve({
  shares,
  scores,
  genuine,
  threshold,
}: VerificationLevels): VerificationCurve {
  const complete = completePairs({ shares, scores, genuine, threshold });
  const genuinePairs = complete.filter((pair) => genuine[pair]);
  const impostorPairs = complete.filter((pair) => !genuine[pair]);
  const curve = (
    pairs: readonly number[],
    counts: (pair: number, accepted: boolean) => boolean,
  ): RateCurve => {
    const rates = scores.map((level) =>
      rate(pairs.filter((pair) => counts(pair, level[pair] >= threshold)).length, pairs.length),
    );
    return {
      rates,
      area: curveArea(
        rates.map((own) => own.rate),
        shares,
      ),
    };
  };
  return {
    shares,
    fmr: impostorPairs.length === 0 ? undefined : curve(impostorPairs, (_, accepted) => accepted),
    fnmr: genuinePairs.length === 0 ? undefined : curve(genuinePairs, (_, accepted) => !accepted),
    accuracy: curve(complete, (pair, accepted) => accepted === genuine[pair]),
    pairs: complete.length,
  };
}

/** The pairs that have a score at every share. */
export function completePairs({ shares, scores, genuine }: VerificationLevels): number[] {
  if (scores.length !== shares.length || scores.some(({ length }) => length !== genuine.length)) {
    throw new RangeError('There must be one score a pair at every share.');
  }
  const complete = genuine
    .map((_, pair) => pair)
    .filter((pair) => scores.every((level) => !Number.isNaN(level[pair])));
  if (complete.length === 0) throw new RangeError('No pair has a score at every share.');
  return complete;
}
