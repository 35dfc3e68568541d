import type { Classified } from './classified.js';

/** How often each class was taken for each. */
export interface ConfusionMatrix {
  readonly classes: readonly string[];
  /** `counts[actual][predicted]`, by position in `classes`. */
  readonly counts: readonly (readonly number[])[];
  readonly total: number;
}

/**
 * Counts actual against predicted classes.
 *
 * @param classes the classes in the order to show; by default all that occur, in code-unit order.
 * @throws RangeError where a sample has a class that is not listed
 */
export function confusionMatrix(
  samples: readonly Classified[],
  classes: readonly string[] = classesOf(samples),
): ConfusionMatrix {
  const position = new Map(classes.map((name, at) => [name, at]));
  const at = (name: string): number => {
    const found = position.get(name);
    if (found === undefined) throw new RangeError(`${name} is not one of ${classes.join(', ')}.`);
    return found;
  };
  const counts = classes.map(() => classes.map(() => 0));
  for (const { actual, predicted } of samples) counts[at(actual)][at(predicted)]++;
  return { classes, counts, total: samples.length };
}

function classesOf(samples: readonly Classified[]): string[] {
  return [...new Set(samples.flatMap(({ actual, predicted }) => [actual, predicted]))].sort();
}
