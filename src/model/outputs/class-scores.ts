import { Problem } from '../../problem.js';
import { softmax } from '../../tensor/softmax.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Card, CardOutput } from '../card.js';
import { outputRow } from './output-row.js';

/** How far from 1 the probabilities of one output may add up: float32 and half precision graphs round. */
const sumTolerance = 1e-2;

/**
 * The probability of every class of a card, by its name: softmax is applied to logits, and to nothing else.
 * @param outputs results of `Model.run`.
 * @param row which image of the batch.
 * @throws Problem where a value is not finite, or what the card calls probabilities are none.
 */
export function classScores(
  card: Card,
  outputs: Readonly<Record<string, Tensor>>,
  row: number,
): Record<string, number> {
  const scores: Record<string, number> = {};
  for (const [name, output] of Object.entries(card.outputs)) {
    const probabilities = readProbabilities(
      output,
      () => outputRow(card, outputs, name, row),
      (why, remedy) => {
        throw new Problem(card.name, `the output "${name}" ${why}`, remedy);
      },
    );
    for (const [className, probability] of probabilities) scores[className] = probability;
  }
  return scores;
}

function readProbabilities(
  output: CardOutput,
  read: () => Float32Array,
  refuse: (why: string, remedy: string) => never,
): [string, number][] {
  switch (output.kind) {
    case 'logits':
      return name(output.classes, softmax(read()), refuse);
    case 'probabilities': {
      const values = read();
      const sum = values.reduce((a, b) => a + b, 0);
      if (Math.abs(sum - 1) > sumTolerance || values.some((value) => value < -sumTolerance)) {
        return refuse(
          `is said to hold probabilities, but holds ${formatRow(values)}`,
          'say kind "logits" in the card where softmax is still to come',
        );
      }
      return name(output.classes, values, refuse);
    }
    case 'probability': {
      const values = read();
      const value = values[0];
      if (values.length !== 1 || value < 0 || value > 1) {
        return refuse('is said to hold one probability, but does not', 'correct the output in the card');
      }
      return [
        [output.class, value],
        [output.other, 1 - value],
      ];
    }
    default:
      return [];
  }
}

function name(
  classes: readonly string[],
  values: ArrayLike<number>,
  refuse: (why: string, remedy: string) => never,
): [string, number][] {
  if (values.length !== classes.length) {
    return refuse(
      `has ${values.length} values, but the card names ${classes.length} classes`,
      'correct the card',
    );
  }
  return classes.map((className, index) => [className, values[index]]);
}

function formatRow(values: Float32Array): string {
  const shown = Array.from(values.subarray(0, 5), (value) => value.toPrecision(3)).join(', ');
  return values.length > 5 ? `${shown}, ...` : shown;
}
