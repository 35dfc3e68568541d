import { nextAbove } from './next-above.js';
import type { SortedScores } from './scores.js';

/**
 * The threshold at which a cost of the errors is smallest, by the data-driven rule of bob.measure 6: the thresholds
 * tried are the lowest score, the middle between every two neighbouring distinct scores while both classes have
 * scores left, and the value just above all scores. Among equals the last one before a class runs out is kept.
 *
 * Errors are whole numbers here, so equal costs are equal. bob sums up rounded shares; where two thresholds are
 * equally good, rounding decides which of them it takes.
 *
 * @param cost of the number of false matches and of false non-matches.
 */
export function minimisingThreshold(
  { genuine, impostor }: SortedScores,
  cost: (falseMatches: number, falseNonMatches: number) => number,
): number {
  let rejectedGenuine = 0;
  let rejectedImpostor = 0;
  let threshold = Math.min(genuine[0], impostor[0]);
  let best = threshold;
  let lowest = Infinity;

  while (rejectedGenuine < genuine.length && rejectedImpostor < impostor.length) {
    const current = cost(impostor.length - rejectedImpostor, rejectedGenuine);
    if (current <= lowest) {
      lowest = current;
      best = threshold;
    }
    const score = Math.min(genuine[rejectedGenuine], impostor[rejectedImpostor]);
    while (impostor[rejectedImpostor] === score) rejectedImpostor++;
    while (genuine[rejectedGenuine] === score) rejectedGenuine++;
    const next = Math.min(genuine[rejectedGenuine] ?? Infinity, impostor[rejectedImpostor] ?? Infinity);
    threshold = next === Infinity ? score : (score + next) / 2;
  }
  const atEnd = cost(impostor.length - rejectedImpostor, rejectedGenuine);
  if (atEnd < lowest) {
    lowest = atEnd;
    best = threshold;
  }
  if (cost(0, genuine.length) < lowest) {
    best = nextAbove(Math.max(genuine[genuine.length - 1], impostor[impostor.length - 1]));
  }
  return best;
}
