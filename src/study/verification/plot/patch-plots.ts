import { join } from 'node:path';
import { plotGrid } from '../../../report/plot/plot-grid.js';
import { scoreHistogramPlot } from '../../../report/plot/score-histogram-plot.js';
import { scoreHistogram } from '../../../measure/verification/score-histogram.js';
import { rateInWords } from '../../report/in-words.js';
import {
  type PatchedScoreRow,
  type PatchRateRow,
  readPatchedScores,
  readRatesTable,
} from '../patch/patch-tables.js';
import type { StudyPlot } from './study-plot.js';

/** What the patch step of a study has to plot. */
export interface PatchTables {
  /** Of the model, or of the study where there are several. */
  readonly name: string;
  readonly threshold: number;
  readonly rates: readonly PatchRateRow[];
  readonly scores: readonly PatchedScoreRow[];
}

/** Reads the tables of a finished patch step. */
export async function readPatchTables(name: string, folder: string, threshold: number): Promise<PatchTables> {
  return {
    name,
    threshold,
    rates: await readRatesTable(join(folder, 'rates.csv')),
    scores: await readPatchedScores(join(folder, 'scores.csv')),
  };
}

/** The histograms of the scores of the patched pairs; none for a list of one class. */
export function patchPlots(id: string, studies: readonly PatchTables[]): StudyPlot[] {
  const plots = studies.flatMap(({ name, threshold, rates, scores }, at) => {
    const ofClass = (genuine: boolean) =>
      scores.filter((row) => row.genuine === genuine).map(({ cosine }) => cosine);
    const [genuine, impostor] = [ofClass(true), ofClass(false)];
    if (genuine.length === 0 || impostor.length === 0) return [];
    return [
      scoreHistogramPlot({
        id: `${id}-patched-scores-${at}`,
        title: `Scores of ${name} with patches`,
        scoreLabel: 'cosine similarity',
        histogram: scoreHistogram({ genuine, impostor }, { bins: binsFor(scores.length) }),
        notes: { genuine: note('FNMR', rates), impostor: note('FMR', rates) },
        threshold: { value: threshold, label: `threshold ${threshold.toFixed(3).replace('-', '−')}` },
      }),
    ];
  });
  if (plots.length === 0) return [];
  return [
    {
      file: 'patched-scores',
      plot: plots.length === 1 ? plots[0] : plotGrid(`${id}-patched-scores`, 'Scores with patches', plots, 2),
      caption:
        'Cosines of the patched pairs, as shares of each class, at the threshold of the unchanged ones.',
    },
  ];
}

/** Few scores in narrow bins are a comb. */
function binsFor(scores: number): number {
  return Math.min(50, Math.max(10, Math.round(Math.sqrt(scores))));
}

function note(name: 'FMR' | 'FNMR', rates: readonly PatchRateRow[]): string {
  const row = rates.find(({ rate, images }) => rate.toUpperCase() === name && images === 'patched');
  if (row === undefined) return '';
  const { value, low = Number.NaN, high = Number.NaN, errors = 0, trials = 0 } = row;
  return `${name} ${rateInWords({ rate: value, low, high, errors, trials })}`;
}
