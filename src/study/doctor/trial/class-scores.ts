import { weightedStatistics } from '../../../measure/verification/weighted-statistics.js';
import type { OutputNature } from '../../../model/doctor/output-facts.js';
import { type ClassLabels, evidence } from './class-evidence.js';
import { fewestToTell, type Measures, type VariantScores } from '../variant-scores.js';

export interface ClassTask extends ClassLabels {
  readonly nature: OutputNature;
}

/**
 * The scores of one variant: how well the outputs part the labels (mean AUC, each label against the others) and how often
 * the network's own decision is right (mean over the labels).
 *
 * @param values the output for each image.
 * @param order the output of each label (`bestOrder`). Of one number, output 0 is the number and 1 its negative.
 */
export function classScores(
  values: readonly (readonly number[])[],
  task: ClassTask,
  order: readonly number[],
): VariantScores {
  const { labels, labelOf, oneAgainstAll, nature } = task;
  // With two labels and two outputs, and with one number, one AUC is the mirror of the other.
  const scored = oneAgainstAll || values[0].length === 1 ? labels.slice(0, 1) : labels;
  const ranked = scored.map((label, at) => {
    const scores = values.map((row) => evidence(row, order[at], nature));
    const byScore = scores.map((_, image) => image).sort((a, b) => scores[a] - scores[b]);
    return {
      byScore,
      sorted: byScore.map((image) => ({ score: scores[image], genuine: labelOf[image] === label })),
    };
  });
  const right = values.map((row, image) => decision(row, order, task) === labelOf[image]);
  const classOf = labelOf.map((label) => labels.indexOf(label));
  const counts = labels.map((label) => labelOf.filter((own) => own === label).length);
  const buffer = new Float64Array(values.length);

  const measures = (weights: Float64Array): Measures => {
    let areas = 0;
    for (const { byScore, sorted } of ranked) {
      for (let i = 0; i < byScore.length; i++) buffer[i] = weights[byScore[i]];
      areas += weightedStatistics(sorted, buffer, undefined)[1];
    }
    const hits = new Float64Array(labels.length);
    const total = new Float64Array(labels.length);
    for (let image = 0; image < classOf.length; image++) {
      total[classOf[image]] += weights[image];
      if (right[image]) hits[classOf[image]] += weights[image];
    }
    const shares = Array.from(hits, (count, at) => count / total[at]);
    return [areas / ranked.length, mean(shares), mean(shares.filter((_, at) => counts[at] >= fewestToTell))];
  };
  return { measures, order };
}

/** The label that the network decides for by its own rule: the highest output, or 0.5; for PAD P(bona fide) above 0.5. */
function decision(
  row: readonly number[],
  order: readonly number[],
  { labels, oneAgainstAll, nature }: ClassTask,
): string | undefined {
  if (row.length === 1) {
    const high = row[0] > (nature === 'probability' ? 0.5 : 0);
    return labels[order.indexOf(high ? 0 : 1)];
  }
  if (oneAgainstAll) {
    const forFirst = evidence(row, order[0], nature) > (nature === 'logits' ? 0 : 0.5);
    return labels[forFirst ? 0 : 1];
  }
  const highest = row.reduce((top, value, i) => (value > row[top] ? i : top), 0);
  return labels[order.indexOf(highest)];
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
