import { stringify } from 'csv-stringify/sync';
import { detCurve } from '../../../measure/verification/det-curve.js';
import { rocCurve } from '../../../measure/verification/roc-curve.js';
import { scoreHistogram } from '../../../measure/verification/score-histogram.js';
import type { VerificationScores } from '../../../measure/verification/scores.js';
import { readTable } from '../read-table.js';

/** The points of a ROC curve. */
export interface RocTable {
  readonly fmr: readonly number[];
  readonly tmr: readonly number[];
}

/** The bins of the histograms. */
export interface HistogramTable {
  /** One more than there are bins. */
  readonly edges: readonly number[];
  readonly genuine: Int32Array;
  readonly impostor: Int32Array;
}

/** The points of the ROC curve as CSV, from the strictest threshold to the most lenient. */
export function rocTable(scores: VerificationScores): string {
  const { threshold, fmr, fnmr } = rocCurve(scores);
  return stringify(
    [...threshold].map((value, at) => ({ threshold: value, fmr: fmr[at], tmr: 1 - fnmr[at] })),
    { header: true },
  );
}

/** What `rocTable` wrote. */
export async function readRocTable(file: string): Promise<RocTable> {
  const rows = await readTable(file, ['fmr', 'tmr']);
  return { fmr: rows.map(({ fmr }) => Number(fmr)), tmr: rows.map(({ tmr }) => Number(tmr)) };
}

/**
 * The points of the DET curve as CSV, as rates and on normal-deviate axes, where a rate of 0 or 1 stands half an error
 * from the end.
 */
export function detTable(scores: VerificationScores): string {
  const { threshold, fmr, fnmr } = rocCurve(scores);
  const deviates = detCurve(scores);
  return stringify(
    [...threshold].map((value, at) => ({
      threshold: value,
      fmr: fmr[at],
      fnmr: fnmr[at],
      fmr_deviate: deviates.fmr[at],
      fnmr_deviate: deviates.fnmr[at],
    })),
    { header: true },
  );
}

/** The histograms of both classes over common bins as CSV; a score on an edge belongs to the bin above it. */
export function histogramTable(scores: VerificationScores): string {
  const { edges, genuine, impostor } = scoreHistogram(scores);
  return stringify(
    [...genuine].map((count, bin) => ({
      low: edges[bin],
      high: edges[bin + 1],
      genuine: count,
      impostor: impostor[bin],
    })),
    { header: true },
  );
}

/** What `histogramTable` wrote. */
export async function readHistogramTable(file: string): Promise<HistogramTable> {
  const rows = await readTable(file, ['low', 'high', 'genuine', 'impostor']);
  return {
    edges: [...rows.slice(0, 1).map(({ low }) => Number(low)), ...rows.map(({ high }) => Number(high))],
    genuine: Int32Array.from(rows, ({ genuine }) => Number(genuine)),
    impostor: Int32Array.from(rows, ({ impostor }) => Number(impostor)),
  };
}
