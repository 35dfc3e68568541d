import { Problem } from '../../problem.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Card } from '../card.js';
import { classScores } from './class-scores.js';

/**
 * P(bona fide) of one image, 0..1: the probability of the class that the card names as bona fide.
 * @param outputs results of `Model.run`.
 * @param row which image of the batch.
 * @throws Problem where the card names no such class or a value is not usable.
 */
export function bonaFideScore(card: Card, outputs: Readonly<Record<string, Tensor>>, row: number): number {
  const score = card.bonaFide === undefined ? undefined : classScores(card, outputs, row)[card.bonaFide];
  if (score === undefined) {
    throw new Problem(card.name, 'its card names no bona fide class', 'add bonaFide to the card');
  }
  return score;
}
