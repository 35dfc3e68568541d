import type { Tensor } from '../../tensor/tensor.js';
import type { Card } from '../card.js';
import { outputRow } from './output-row.js';

/**
 * The probability of every attribute of a card, by output and name: after sigmoid where the card says that it is to come.
 * @param outputs results of `Model.run`.
 * @param row which image of the batch.
 * @throws Problem where a value is not finite.
 */
export function attributeScores(
  card: Card,
  outputs: Readonly<Record<string, Tensor>>,
  row: number,
): Record<string, Record<string, number>> {
  const scores: Record<string, Record<string, number>> = {};
  for (const [name, output] of Object.entries(card.outputs)) {
    if (output.kind !== 'attributes') continue;
    const values = outputRow(card, outputs, name, row);
    scores[name] = Object.fromEntries(
      output.names.map((attribute, at) => [attribute, activated(values[at], output.activation)]),
    );
  }
  return scores;
}

/** A value after what the card says is still to come. */
export function activated(value: number, activation: 'none' | 'sigmoid'): number {
  return activation === 'sigmoid' ? 1 / (1 + Math.exp(-value)) : value;
}
