import { distance } from 'fastest-levenshtein';

import { Problem } from '../../problem.js';
import { tables } from './generated/tables.js';

/** A colour map: 256 R, G, B triples from the lowest value to the highest. */
export interface ColourMap {
  readonly name: string;
  readonly table: Uint8Array;
}

/** The maps by matplotlib's names; every one also exists reversed, as `<name>_r`. */
export const colourMapNames: readonly string[] = Object.keys(tables).filter((name) => !name.endsWith('_r'));

/** The maps whose middle is neutral, made for signed values on a symmetric scale. */
export const divergingColourMapNames: readonly string[] = [
  'coolwarm',
  'seismic',
  'bwr',
  'RdYlGn',
  'PiYG',
  'RdBu',
  'Spectral',
];

/**
 * The colour map of matplotlib 3.6 with this name, bit for bit.
 * @throws Problem if there is none, with the nearest names and all names
 */
export function colourMap(name: string): ColourMap {
  const forward = name.endsWith('_r') ? name.slice(0, -2) : name;
  if (!colourMapNames.includes(forward)) {
    throw new Problem(
      `colour map "${name}"`,
      'there is none of this name',
      `did you mean ${nearestNames(name).join(' or ')}? All: ${colourMapNames.join(', ')}; each also reversed, as <name>_r`,
    );
  }
  const stored = tables[name] as string | undefined;
  return { name, table: stored === undefined ? mirrored(decoded(tables[forward])) : decoded(stored) };
}

function decoded(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function mirrored(table: Uint8Array): Uint8Array {
  return Uint8Array.from(
    table,
    (_, sample) => table[table.length - 3 - 3 * Math.floor(sample / 3) + (sample % 3)],
  );
}

function nearestNames(name: string): string[] {
  const wanted = name.toLowerCase();
  return [...colourMapNames, ...colourMapNames.map((each) => `${each}_r`)]
    .map((each) => ({ each, edits: distance(wanted, each.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 2)
    .map(({ each }) => each);
}
