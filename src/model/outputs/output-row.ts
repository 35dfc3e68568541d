import { Problem } from '../../problem.js';
import { elementCount } from '../../tensor/tensor.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Card } from '../card.js';

/**
 * One row of an output: the values of one image, as a view.
 * @throws Problem where the output is missing, or a value is NaN or infinite.
 */
export function outputRow(
  card: Card,
  outputs: Readonly<Record<string, Tensor>>,
  name: string,
  row: number,
): Float32Array {
  if (!(name in outputs)) throw new Problem(card.name, `the output "${name}" was not computed`);
  const output = outputs[name];
  const size = elementCount(output.shape.slice(1));
  const values = output.data.subarray(row * size, (row + 1) * size);
  if (values.length !== size)
    throw new RangeError(`row ${row} of an output of shape [${output.shape.join(', ')}]`);
  for (const value of values) {
    if (!Number.isFinite(value)) {
      throw new Problem(
        card.name,
        `the output "${name}" holds ${value}`,
        "check the input's mean and std in the card, and the weights",
      );
    }
  }
  return values;
}
