import { Problem } from '../problem.js';
import { cardSchema } from './card.js';
import type { Card } from './card.js';

/**
 * Checks that a value is a card.
 * @param source the file or model that it comes from, for messages.
 * @throws Problem that names each wrong field by its path.
 */
export function parseCard(value: unknown, source: string): Card {
  const result = cardSchema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    ({ path, message }) => `${path.length === 0 ? 'the card' : path.join('.')}: ${message}`,
  );
  throw new Problem(
    source,
    `not a valid card: ${faults.join('; ')}`,
    'docs/models.md describes every field of a card',
  );
}
