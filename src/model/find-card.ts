import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { Problem } from '../problem.js';
import type { Card } from './card.js';
import { describe } from './check-card.js';
import { loadCard } from './load-card.js';
import { parseCard } from './parse-card.js';
import type { GraphInfo } from './session.js';
import { readCatalogue } from './zoo/catalogue.js';

/**
 * Finds the card of a model: the given one, `model.card.json` beside `model.onnx`, or that of the zoo entry whose file
 * has the same SHA-256.
 * @throws Problem that tells how to write one where there is none.
 */
export async function findCard(
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  graph: GraphInfo,
  { card: given, home }: { readonly card?: Card | string | undefined; readonly home?: string | undefined },
): Promise<{ card: Card; source: string }> {
  if (typeof given === 'string') return { card: await loadCard(given), source: given };
  if (given !== undefined) return { card: parseCard(given, given.name), source: given.name };
  const beside = cardFileOf(file);
  if (existsSync(beside)) return { card: await loadCard(beside), source: beside };
  const catalogue = await readCatalogue(home);
  const entry = catalogue.find(({ files }) => files.some((known) => known.sha256 === sha256));
  if (entry?.card !== undefined) return { card: entry.card, source: entry.name };
  throw new Problem(
    file,
    `has no card (inputs ${graph.inputs.map(describe).join(', ')}; outputs ${graph.outputs.map(describe).join(', ')})`,
    `write ${beside} as docs/models.md describes, or give one with --card; \`faceprobe models inspect\` prints a draft`,
  );
}

/** The card's place beside a model: `dir/net.onnx` has `dir/net.card.json`. */
export function cardFileOf(file: string): string {
  return `${file.slice(0, file.length - extname(file).length)}.card.json`;
}
