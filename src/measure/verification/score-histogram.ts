import { Problem } from '../../problem.js';
import { sortedScores, type VerificationScores } from './scores.js';

/** Counts of both classes in the same bins. */
export interface ScoreHistogram {
  /** `bins + 1` edges, rising and equally spaced. */
  readonly edges: Float64Array;
  readonly genuine: Int32Array;
  readonly impostor: Int32Array;
}

export interface ScoreHistogramOptions {
  /** @default 50 */
  readonly bins?: number | undefined;
  /** The first and the last edge; by default the lowest and the highest score. Scores outside are not counted. */
  readonly range?: readonly [low: number, high: number] | undefined;
}

/**
 * Histograms of the genuine and the impostor scores over common bins. A score on an edge belongs to the bin above it,
 * on the last edge to the last bin (the rule of `numpy.histogram`).
 *
 * @throws Problem where a class has no score, or a score is infinite
 */
export function scoreHistogram(
  scores: VerificationScores,
  { bins = 50, range }: ScoreHistogramOptions = {},
): ScoreHistogram {
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`A histogram has at least 1 bin, not ${bins}.`);
  const { genuine, impostor } = sortedScores(scores);
  let [low, high] = range ?? [
    Math.min(genuine[0], impostor[0]),
    Math.max(genuine[genuine.length - 1], impostor[impostor.length - 1]),
  ];
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw new Problem('scores', 'one is infinite', 'give the range of the histogram');
  }
  if (low === high) {
    low -= 0.5;
    high += 0.5;
  }
  const edges = Float64Array.from({ length: bins + 1 }, (_, bin) =>
    bin === bins ? high : low + (bin * (high - low)) / bins,
  );
  return { edges, genuine: counts(genuine, edges), impostor: counts(impostor, edges) };
}

function counts(sorted: Float64Array, edges: Float64Array): Int32Array {
  const bins = edges.length - 1;
  const counted = new Int32Array(bins);
  let bin = 0;
  for (const score of sorted) {
    if (score < edges[0]) continue;
    if (score > edges[bins]) break;
    while (bin < bins - 1 && score >= edges[bin + 1]) bin++;
    counted[bin]++;
  }
  return counted;
}
