import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { rocCurve } from '../../measure/verification/roc-curve.js';
import { type ScoreHistogram, scoreHistogram } from '../../measure/verification/score-histogram.js';
import type { VerificationScores } from '../../measure/verification/scores.js';
import { readTable } from '../verification/read-table.js';
import type { ErrorNames } from './error-names.js';

/** The errors of a system over all thresholds, and its scores. */
export interface ErrorCurves {
  /** From the strictest threshold to the most lenient: rises, of what should be rejected. */
  readonly attack: readonly number[];
  /** Falls, of what should be accepted. */
  readonly bonaFide: readonly number[];
  readonly histogram: Pick<ScoreHistogram, 'genuine' | 'impostor'> & { readonly edges: readonly number[] };
}

/**
 * Writes `curve.csv`, the errors at every threshold that makes a difference, and `histogram.csv`.
 *
 * @param shown turns a threshold into the scale of the score file.
 */
export async function writeErrorCurves(
  folder: string,
  scores: VerificationScores,
  names: ErrorNames,
  shown: (threshold: number) => number,
): Promise<void> {
  const { threshold, fmr, fnmr } = rocCurve(scores);
  const [attack, bonaFide] = [names.attack.toLowerCase(), names.bonaFide.toLowerCase()];
  const curve = Array.from(threshold, (value, at) => ({
    threshold: shown(value),
    [attack]: fmr[at],
    [bonaFide]: fnmr[at],
  }));
  await writeFileAtomic(join(folder, 'curve.csv'), stringify(curve, { header: true }));
  const { edges, genuine, impostor } = scoreHistogram(scores);
  const bins = Array.from(genuine, (count, bin) => ({
    low: shown(edges[bin]),
    high: shown(edges[bin + 1]),
    accept: count,
    reject: impostor[bin],
  }));
  await writeFileAtomic(join(folder, 'histogram.csv'), stringify(bins, { header: true }));
}

/** What `writeErrorCurves` wrote. */
export async function readErrorCurves(folder: string, names: ErrorNames): Promise<ErrorCurves> {
  const [attack, bonaFide] = [names.attack.toLowerCase(), names.bonaFide.toLowerCase()];
  const curve = await readTable(join(folder, 'curve.csv'), [attack, bonaFide]);
  const read = await readTable(join(folder, 'histogram.csv'), ['low', 'high', 'accept', 'reject']);
  // Where a high score says attack, the bins stand the other way round.
  const bins = read.sort((one, other) => Number(one.low) - Number(other.low));
  const edges = bins.map(({ low, high }) => [Number(low), Number(high)].sort((a, b) => a - b));
  return {
    attack: curve.map((row) => Number(row[attack])),
    bonaFide: curve.map((row) => Number(row[bonaFide])),
    histogram: {
      edges: [...edges.slice(0, 1).map(([low]) => low), ...edges.map(([, high]) => high)],
      genuine: Int32Array.from(bins, ({ accept }) => Number(accept)),
      impostor: Int32Array.from(bins, ({ reject }) => Number(reject)),
    },
  };
}
