import { join } from 'node:path';
import { detPlot } from '../../../report/plot/det-plot.js';
import {
  attackWords,
  type ErrorWords,
  morphWords,
  verificationWords,
} from '../../../report/plot/error-words.js';
import { type ErrorTradeOff, rocPlot } from '../../../report/plot/roc-plot.js';
import { scoreHistogramPlot } from '../../../report/plot/score-histogram-plot.js';
import { percent, rateInWords } from '../../report/in-words.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import { type ErrorCurves, readErrorCurves } from '../error-curves.js';
import { errorNames } from '../error-names.js';
import type { EvaluationResults } from '../evaluate.js';
import type { EvaluationTask } from '../evaluate-request.js';
import type { MeasureRow } from '../measure-row.js';
import type { SystemEvaluation } from '../system-evaluation.js';

/** DET, ROC and the histograms of the scores; none for a classifier. */
export async function errorPlots(
  id: string,
  folder: string,
  { task, systems }: EvaluationResults,
): Promise<StudyPlot[]> {
  const words = wordsOf(task);
  if (words === undefined || systems.length === 0) return [];
  const names = errorNames(task);
  const drawn = await Promise.all(
    systems.map(async (system) => {
      const curves = await readErrorCurves(join(folder, system.name), names);
      return { system, curves, series: tradeOff(system, curves, words) };
    }),
  );
  const series = drawn.map((each) => each.series);
  const of = systems.length === 1 ? ` of ${systems[0].name}` : '';
  const cross = 'The marker is the chosen threshold, its cross the 95 % intervals of both rates.';
  return [
    {
      file: 'det',
      plot: detPlot({ id: `${id}-det`, title: `Detection error trade-off${of}`, words, series }),
      caption: `Both error rates on normal-deviate axes; the nearer to the lower left corner, the better. ${cross} A rate of 0 is drawn half an error from the end.`,
    },
    {
      file: 'roc',
      plot: rocPlot({ id: `${id}-roc`, title: `ROC${of}`, words, series }),
      caption: `${words.recall} over ${words.fmr[0]}. ${cross} Shaded: rates that so few ${words.impostor} ${words.trials} cannot support.`,
    },
    ...drawn.map(({ system, curves }, at) => ({
      file: systems.length === 1 ? 'scores' : `scores-${system.name}`,
      plot: histogram(`${id}-scores-${at}`, system, curves, words),
      caption: 'The scores as shares of each class, and the threshold.',
    })),
  ];
}

function wordsOf(task: EvaluationTask): ErrorWords | undefined {
  return { pad: attackWords, mad: morphWords, verification: verificationWords, attribute: undefined }[task];
}

function tradeOff(
  system: SystemEvaluation,
  { attack, bonaFide }: ErrorCurves,
  words: ErrorWords,
): ErrorTradeOff {
  const [fmr, fnmr] = chosenRates(system, words);
  const eer = system.rows.find(({ measure, of }) => measure.endsWith('EER') && of === '');
  const interval =
    eer === undefined || eer.low === null ? '' : ` (${percent(eer.low)} to ${percent(eer.high!)})`;
  const [genuine, impostor] = [fnmr?.trials ?? 0, fmr?.trials ?? 0];
  return {
    label: system.name,
    note: eer && `${eer.measure} ${percent(eer.value!)} %${interval}, n = ${genuine} + ${impostor}`,
    fmr: attack,
    fnmr: bonaFide,
    genuine,
    impostor,
    operating: fmr && fnmr && { label: system.threshold?.rule ?? '', fmr, fnmr },
  };
}

function histogram(id: string, system: SystemEvaluation, curves: ErrorCurves, words: ErrorWords) {
  const [fmr, fnmr] = chosenRates(system, words);
  const { value, rule } = system.threshold!;
  return scoreHistogramPlot({
    id,
    title: `Scores of ${system.name}`,
    scoreLabel: 'score',
    words,
    histogram: curves.histogram,
    notes: {
      ...(fnmr === undefined ? {} : { genuine: `${words.fnmr[1]} ${rateInWords(fnmr)}` }),
      ...(fmr === undefined ? {} : { impostor: `${words.fmr[1]} ${rateInWords(fmr)}` }),
    },
    threshold: { value, label: `threshold ${value.toPrecision(3).replace('-', '−')} (${rule})` },
  });
}

/** The errors at the chosen threshold, over everything that should be rejected and accepted. */
function chosenRates({ rows }: SystemEvaluation, words: ErrorWords) {
  const [attack, bonaFide] = [words.fmr, words.fnmr];
  const found = (measures: readonly string[]) => {
    const row = rows.find(({ measure, of }) => of === '' && measures.includes(measure));
    return row === undefined || row.value === null ? undefined : shownRate(row);
  };
  return [found(attack), found(bonaFide)];
}

function shownRate({ value, low, high, errors, trials }: MeasureRow) {
  return { rate: value!, low: low!, high: high!, errors: errors!, trials: trials! };
}
