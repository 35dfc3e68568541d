import { join } from 'node:path';
import { detPlot } from '../../../report/plot/det-plot.js';
import type { OperatingPoint } from '../../../report/plot/operating-point.js';
import { plotGrid } from '../../../report/plot/plot-grid.js';
import { type ErrorTradeOff, rocPlot } from '../../../report/plot/roc-plot.js';
import { scoreHistogramPlot } from '../../../report/plot/score-histogram-plot.js';
import { percent, rateInWords } from '../../report/in-words.js';
import {
  type HistogramTable,
  readHistogramTable,
  readRocTable,
  type RocTable,
} from '../threshold/curve-tables.js';
import type { StudyRate, ThresholdSummary } from '../threshold/summarise-scores.js';
import type { StudyPlot } from './study-plot.js';

/** What the threshold step of a study has to plot. */
export interface ThresholdTables {
  /** Of the model, or of the study where there are several. */
  readonly name: string;
  readonly summary: ThresholdSummary;
  readonly roc: RocTable;
  readonly histogram: HistogramTable;
}

/**
 * Reads the tables of a finished threshold step.
 * @returns undefined where the list has one class only: then there is nothing to plot.
 */
export async function readThresholdTables(
  name: string,
  folder: string,
  summary: ThresholdSummary,
): Promise<ThresholdTables | undefined> {
  if (summary.genuine === 0 || summary.impostor === 0) return undefined;
  return {
    name,
    summary,
    roc: await readRocTable(join(folder, 'roc.csv')),
    histogram: await readHistogramTable(join(folder, 'histogram.csv')),
  };
}

/** ROC, DET and the histograms of the scores; several studies share the axes of the first two. */
export function thresholdPlots(id: string, studies: readonly ThresholdTables[]): StudyPlot[] {
  if (studies.length === 0) return [];
  const series = studies.map(tradeOff);
  const of = studies.length === 1 ? ` of ${studies[0].name}` : '';
  const histograms = studies.map((study, at) => histogram(`${id}-scores-${at}`, study));
  const pairs = studies.map(({ name, summary: { genuine, impostor } }) => {
    const whose = studies.length === 1 ? '' : `${name}: `;
    return `${whose}${genuine} genuine and ${impostor} impostor pairs`;
  });
  const cross = 'The marker is the chosen threshold, its cross the 95 % intervals of both rates.';
  return [
    {
      file: 'roc',
      plot: rocPlot({ id: `${id}-roc`, title: `ROC${of}`, series }),
      caption:
        `True match rate over false match rate. ${pairs.join('; ')}. ${cross} Shaded: false match rates that so few ` +
        'impostor pairs cannot support.',
    },
    {
      file: 'det',
      plot: detPlot({ id: `${id}-det`, title: `Detection error trade-off${of}`, series }),
      caption:
        `Both error rates on normal-deviate axes. ${pairs.join('; ')}. ${cross} ` +
        'A rate of 0 is drawn half an error from the end.',
    },
    {
      file: 'scores',
      plot: histograms.length === 1 ? histograms[0] : plotGrid(`${id}-scores`, 'Scores', histograms, 2),
      caption: `Cosines of the unchanged pairs, as shares of each class. ${pairs.join('; ')}.`,
    },
  ];
}

function tradeOff({ name, summary, roc }: ThresholdTables): ErrorTradeOff {
  const { genuine, impostor, measures, thresholds, source } = summary;
  const eer = measures.find(({ measure }) => measure === 'EER');
  const chosen = thresholds.find((row) => row.chosen);
  const operating =
    chosen?.fmr && chosen.fnmr
      ? ({ label: source, fmr: chosen.fmr, fnmr: chosen.fnmr } satisfies OperatingPoint)
      : undefined;
  return {
    label: name,
    note: eer && `EER ${eerInWords(eer)}, n = ${genuine} + ${impostor}`,
    fmr: roc.fmr,
    fnmr: roc.tmr.map((rate) => 1 - rate),
    genuine,
    impostor,
    operating,
  };
}

/** `2.4 % (1.0 to 4.1)`; without an interval where there was no error to resample. */
export function eerInWords({
  value,
  low,
  high,
}: {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}): string {
  return low === null || high === null
    ? `${percent(value)} % (no errors to resample)`
    : `${percent(value)} % (${percent(low)} to ${percent(high)})`;
}

function histogram(id: string, { name, summary, histogram: bins }: ThresholdTables) {
  const { threshold, source, thresholds } = summary;
  const chosen = thresholds.find((row) => row.chosen);
  const note = (rate: string, value: StudyRate | null | undefined) =>
    value ? `${rate} ${rateInWords(value)}` : '';
  return scoreHistogramPlot({
    id,
    title: `Scores of ${name}`,
    scoreLabel: 'cosine similarity',
    histogram: bins,
    notes: { genuine: note('FNMR', chosen?.fnmr), impostor: note('FMR', chosen?.fmr) },
    threshold: { value: threshold, label: `threshold ${threshold.toFixed(3).replace('-', '−')} (${source})` },
  });
}
