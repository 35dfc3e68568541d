import { classOrder } from '../../../model/doctor/class-order.js';
import type { OutputNature } from '../../../model/doctor/output-facts.js';

export interface ClassLabels {
  readonly labels: readonly string[];
  /** The label of each image. */
  readonly labelOf: readonly string[];
  /** The first label against all others: PAD and MAD. */
  readonly oneAgainstAll: boolean;
}

/**
 * How much an output speaks for its class: log-odds for logits, which never saturate; the value itself for probabilities.
 * One number: the number for output 0, its negative for output 1.
 */
export function evidence(row: readonly number[], output: number, nature: OutputNature): number {
  if (row.length === 1) return output === 0 ? row[0] : -row[0];
  if (nature !== 'logits') return row[output];
  let top = -Infinity;
  for (let i = 0; i < row.length; i++) if (i !== output && row[i] > top) top = row[i];
  let sum = 0;
  for (let i = 0; i < row.length; i++) if (i !== output) sum += Math.exp(row[i] - top);
  return row[output] - top - Math.log(sum);
}

/** The rank of each image by the evidence of each output, from 1, equal ones sharing the mean of their ranks. */
export function evidenceRanks(values: readonly (readonly number[])[], nature: OutputNature): Float64Array[] {
  const outputs = Math.max(values[0].length, 2);
  return Array.from({ length: outputs }, (_, output) =>
    meanRanks(values.map((row) => evidence(row, output, nature))),
  );
}

/** The order of the outputs with the largest mean AUC, one output a label, and that AUC. */
export function bestOrder(
  ranks: readonly Float64Array[],
  { labels, labelOf, oneAgainstAll }: ClassLabels,
): { readonly order: readonly number[]; readonly area: number } {
  if (oneAgainstAll && ranks.length > labels.length) {
    const areas = ranks.map((own) => rankArea(own, labelOf, labels[0]));
    const area = Math.max(...areas);
    return { order: [areas.indexOf(area)], area };
  }
  const areas = labels.map((label) => ranks.map((own) => rankArea(own, labelOf, label)));
  const order = classOrder(areas);
  const scored = oneAgainstAll ? labels.slice(0, 1) : labels;
  return { order, area: scored.reduce((sum, _, at) => sum + areas[at][order[at]], 0) / scored.length };
}

/** The AUC of a label against the others by the rank sum (Mann and Whitney 1947); ties count half. */
function rankArea(ranks: Float64Array, labelOf: readonly string[], label: string): number {
  let [count, sum] = [0, 0];
  for (let i = 0; i < ranks.length; i++) {
    if (labelOf[i] !== label) continue;
    count++;
    sum += ranks[i];
  }
  return (sum - (count * (count + 1)) / 2) / (count * (ranks.length - count));
}

function meanRanks(values: readonly number[]): Float64Array {
  const byValue = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < byValue.length;) {
    let end = start;
    while (end < byValue.length && values[byValue[end]] === values[byValue[start]]) end++;
    for (let i = start; i < end; i++) ranks[byValue[i]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
