import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { Problem } from '../problem.js';
import type { Card } from './card.js';
import { describe } from './check-card.js';
import { loadCard } from './load-card.js';
import { parseCard } from './parse-card.js';
import type { GraphInfo } from './session.js';
import { readCatalogue } from './zoo/catalogue.js';
import { entrySha256 } from './zoo/entry-sha256.js';

interface WhereToLook {
  readonly card?: Card | string | undefined;
  readonly home?: string | undefined;
}

interface ModelFile {
  readonly file: string;
  readonly sha256: string;
}

/** A card, and the file or model that it comes from. */
export interface FoundCard {
  readonly card: Card;
  readonly source: string;
}

/**
 * Finds the card of a model as `lookForCard` does.
 * @throws Problem that tells how to write one where there is none.
 */
export async function findCard(model: ModelFile, graph: GraphInfo, where: WhereToLook): Promise<FoundCard> {
  const found = await lookForCard(model, where);
  if (found !== undefined) return found;
  throw new Problem(
    model.file,
    `has no card (inputs ${graph.inputs.map(describe).join(', ')}; outputs ${graph.outputs.map(describe).join(', ')})`,
    `write ${cardFileOf(model.file)} as docs/models.md describes, or give one with --card; \`faceprobe models inspect\` prints a draft`,
  );
}

/**
 * The card of a model: the given one, `model.card.json` beside `model.onnx`, or that of the zoo entry whose file has the
 * same SHA-256; `undefined` where there is none.
 * @throws Problem where it cannot be read or is no card.
 */
export async function lookForCard(
  { file, sha256 }: ModelFile,
  { card: given, home }: WhereToLook,
): Promise<FoundCard | undefined> {
  if (typeof given === 'string') return { card: await loadCard(given), source: given };
  if (given !== undefined) return { card: parseCard(given, given.name), source: given.name };
  const beside = cardFileOf(file);
  if (existsSync(beside)) return { card: await loadCard(beside), source: beside };
  const catalogue = await readCatalogue(home);
  const entry = catalogue.find((candidate) => entrySha256(candidate) === sha256);
  return entry?.card === undefined ? undefined : { card: entry.card, source: entry.name };
}

/** The card's place beside a model: `dir/net.onnx` has `dir/net.card.json`. */
export function cardFileOf(file: string): string {
  return `${file.slice(0, file.length - extname(file).length)}.card.json`;
}
