import { Problem } from '../../../problem.js';
import { fewestOfClass } from '../doctor-samples.js';
import { fewestToTell } from '../variant-scores.js';

/**
 * How many samples have each label.
 * @param source the samples' source, and what they are, for the message.
 * @throws {Problem} where a label has fewer than `fewestOfClass`.
 */
export function countSamples(
  labels: readonly string[],
  labelOf: readonly string[],
  source: string,
  of: string,
): Record<string, number> {
  const counts = labels.map((label) => [label, labelOf.filter((own) => own === label).length] as const);
  const few = counts.find(([, count]) => count < fewestOfClass);
  if (few !== undefined) {
    throw new Problem(
      source,
      `leaves ${few[1]} ${few[0]} ${of}; at least ${fewestOfClass} are needed, and ${fewestToTell} to tell differences`,
      'add samples, or choose another --detector',
    );
  }
  return Object.fromEntries(counts);
}
