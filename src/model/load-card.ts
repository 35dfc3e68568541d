import { readFile } from 'node:fs/promises';
import { Problem } from '../problem.js';
import { parseCard } from './parse-card.js';
import type { Card } from './card.js';

/**
 * Reads a card from a JSON file.
 * @throws Problem where the file cannot be read, is not JSON or not a card; it names each wrong field.
 */
export async function loadCard(file: string): Promise<Card> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Problem(file, `the card cannot be read: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Problem(file, `the card is not JSON: ${(error as Error).message}`, 'see docs/models.md', {
      cause: error,
    });
  }
  return parseCard(json, file);
}
