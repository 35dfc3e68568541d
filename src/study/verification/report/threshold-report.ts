import { dirname } from 'node:path';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import type { Block, TableBlock } from '../../../report/html/report.js';
import { number, percent, rateInWords } from '../../report/in-words.js';
import type { RunReport } from '../../report/run-report.js';
import { eerInWords, readThresholdTables, thresholdPlots } from '../plot/threshold-plots.js';
import { modelName } from '../model-name.js';
import { studyName } from '../step-folder.js';
import { plotId } from './plot-id.js';
import type { StudyRate, ThresholdSummary } from '../threshold/summarise-scores.js';

/** The report of `verification threshold`: how well the model verifies, and at which threshold. */
export async function thresholdReport(folder: string, record: RunRecord): Promise<RunReport> {
  const summary = record.results as unknown as ThresholdSummary;
  const name = studyName(dirname(folder));
  const model = modelName(record);
  const { genuine, impostor, identities, threshold, source, lost } = summary;
  const tables = await readThresholdTables(model, folder, summary);
  const plots = tables === undefined ? [] : thresholdPlots(plotId(dirname(folder)), [tables]);
  const eer = summary.measures.find(({ measure }) => measure === 'EER');
  return {
    title: `${model} on ${name}`,
    question: 'How well does the model tell whether two photographs show one person?',
    keyResults: [keyResult(name, model, summary)],
    facts: [
      { name: 'model', value: model },
      { name: 'pairs', value: `${genuine} genuine, ${impostor} impostor` },
      { name: 'persons', value: String(identities) },
      ...(lost === 0 ? [] : [{ name: 'pairs left out', value: String(lost) }]),
      { name: 'threshold', value: `${threshold.toFixed(4)} (${source})` },
      ...(eer === undefined ? [] : [{ name: 'EER', value: eerInWords(eer) }]),
    ],
    sections: [
      {
        title: 'How well the model verifies',
        blocks: [
          ...(plots.length === 0
            ? []
            : [
                {
                  kind: 'plots',
                  plots: plots.map(({ plot, caption }) => ({ plot, caption })),
                } satisfies Block,
              ]),
          thresholdsBlock(summary),
          ...(summary.measures.length === 0 ? [] : [measuresBlock(summary)]),
        ],
      },
    ],
    howToRead: [
      'A pair is accepted as a match where its cosine is at or above the threshold. FMR is the share of impostor pairs ' +
        'that are accepted, FNMR the share of genuine pairs that are rejected; the EER is where both are equal.',
      'Intervals are 95 %. They come from resampling persons, because pairs that share a person are not independent; ' +
        'where no error was seen there is nothing to resample, and the exact interval (Clopper-Pearson) stands instead, ' +
        'which takes the pairs as independent.',
      'A threshold for an FMR of x needs at least 3 / x impostor pairs (rule of three); with fewer the rate is refused.',
    ],
  };
}

function keyResult(study: string, model: string, summary: ThresholdSummary): string {
  const { threshold, source, genuine, impostor, identities, thresholds } = summary;
  const chosen = thresholds.find((row) => row.chosen);
  const parts = [
    ...(chosen?.fmr ? [`accepts ${inFull('FMR', chosen.fmr, 'impostor')}`] : []),
    ...(chosen?.fnmr ? [`rejects ${inFull('FNMR', chosen.fnmr, 'genuine')}`] : []),
  ];
  return (
    `On ${study}, at the threshold ${number(threshold)} (${source}), ${model} ${parts.join(' and ')}, over ` +
    `${genuine + impostor} pairs of ${identities} persons.`
  );
}

function inFull(name: string, { rate, low, high, errors, trials }: StudyRate, kind: string): string {
  const interval = `95 % interval ${percent(low)} to ${percent(high)} %`;
  return `${errors} of ${trials} ${kind} pairs (${name} ${percent(rate)} %, ${interval})`;
}

function thresholdsBlock({ thresholds }: ThresholdSummary): TableBlock {
  const cell = (rate: StudyRate | null) => (rate === null ? 'no pairs' : rateInWords(rate));
  return {
    kind: 'table',
    caption: 'Thresholds, with both error rates in percent, their 95 % intervals, and the number of errors.',
    columns: [
      { name: 'target' },
      { name: 'threshold', numeric: true },
      { name: 'FMR', numeric: true },
      { name: 'FNMR', numeric: true },
      { name: 'remark' },
    ],
    rows: thresholds.map(({ target, chosen, threshold, fmr, fnmr, refused }) =>
      threshold === null
        ? [target, '–', '–', '–', refused ?? 'refused']
        : [target, threshold.toFixed(4), cell(fmr), cell(fnmr), chosen ? 'the threshold of the study' : ''],
    ),
  };
}

function measuresBlock({ measures, genuine, impostor, identities }: ThresholdSummary): TableBlock {
  return {
    kind: 'table',
    caption: `Measures that need no threshold, over ${genuine} genuine and ${impostor} impostor pairs of ${identities} persons.`,
    columns: [
      { name: 'measure' },
      { name: 'value', numeric: true },
      { name: '95 % interval', numeric: true },
    ],
    rows: measures.map(({ measure, value, low, high }) => [
      measure,
      measure === 'EER' ? `${percent(value)} %` : number(value),
      low === null || high === null ? 'none' : `${number(low)} to ${number(high)}`,
    ]),
  };
}
