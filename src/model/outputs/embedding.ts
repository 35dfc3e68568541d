import { Problem } from '../../problem.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Card } from '../card.js';
import { outputRow } from './output-row.js';

/**
 * The embedding of one image, divided by its length (L2), in a new array.
 * @param outputs results of `Model.run`.
 * @param row which image of the batch.
 * @throws Problem where the card has no embedding, or it is zero or not finite.
 */
export function embedding(card: Card, outputs: Readonly<Record<string, Tensor>>, row: number): Float32Array {
  const name = Object.keys(card.outputs).find((output) => card.outputs[output].kind === 'embedding');
  if (name === undefined) {
    throw new Problem(card.name, 'its card has no output of kind embedding', 'use a verification model');
  }
  const values = outputRow(card, outputs, name, row);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (length === 0)
    throw new Problem(card.name, `the embedding "${name}" is zero`, "check the card's mean and std");
  return values.map((value) => value / length);
}
