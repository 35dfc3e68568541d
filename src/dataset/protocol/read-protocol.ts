import { readFile } from 'node:fs/promises';
import { Problem } from '../../problem.js';
import { fileProblem } from '../file-problem.js';
import { identifyImages } from './identify-images.js';
import { parseCsvPairs } from './parse-csv-pairs.js';
import { isLfwPairs, parseLfwPairs } from './parse-lfw-pairs.js';
import { isNumberedPair, parseNumberedPairs } from './parse-numbered-pairs.js';
import type { ParsedPairs, Protocol, ProtocolFormat, ProtocolNote } from './protocol.js';
import { usablePairs } from './usable-pairs.js';

export interface ProtocolOptions {
  /**
   * A list in LFW's format with the persons of the same pairs in the same order, for a list of numbered images:
   * xSSAB's `lfw_iden_pairs.txt`.
   */
  readonly identities?: string | undefined;
}

/**
 * Reads a list of pairs: a CSV (`file_a,file_b,same`), LFW's `pairs.txt`, or one of the two lists of xSSAB. Which of
 * them it is shows in its lines. Every row that cannot be used is in `dropped`, with its line and the reason.
 *
 * @throws Problem where the file cannot be read, is no such list, or has no usable pair
 */
export async function readProtocol(file: string, { identities }: ProtocolOptions = {}): Promise<Protocol> {
  const text = await readText(file);
  const format = formatOf(text);
  let parsed = parse(text, format, file);
  if (identities !== undefined) parsed = withIdentities(parsed, await readText(identities), identities, file);
  const usable = usablePairs(parsed);
  if (usable.pairs.length === 0) {
    const first = usable.dropped.at(0);
    throw new Problem(
      file,
      first === undefined
        ? 'holds no pair'
        : `holds no usable pair; line ${first.line} ${first.reason}` +
            (usable.dropped.length > 1 ? `; and ${usable.dropped.length - 1} more` : ''),
      'a pair is file_a,file_b,same',
    );
  }
  const { pairs, notes } = identifyImages(usable.pairs);
  return { file, format, pairs, dropped: usable.dropped, notes: [...notes, ...oneClassNotes(pairs)] };
}

/** Notes on a list with one class only, for which half of the measures do not exist. */
export function oneClassNotes(pairs: readonly { readonly genuine: boolean }[]): ProtocolNote[] {
  const genuine = pairs.filter((pair) => pair.genuine).length;
  if (genuine > 0 && genuine < pairs.length) return [];
  const [there, missing, rates] =
    genuine > 0
      ? ['genuine', 'impostor', 'FMR, EER and thresholds']
      : ['impostor', 'genuine', 'FNMR, EER and thresholds'];
  return [
    {
      kind: 'one-class',
      text: `the list holds ${there} pairs only: without ${missing} pairs there are no ${rates}`,
    },
  ];
}

async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw fileProblem(error, file);
  }
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  // The decoder leaves out the byte-order mark.
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new Problem(file, 'is not a text file', 'name a list of pairs');
  return text.replace(/\r\n?/g, '\n');
}

function formatOf(text: string): ProtocolFormat {
  const filled = text.split('\n').filter((line) => line.trim() !== '');
  if (filled.length === 0) return 'csv';
  if (isLfwPairs(filled[0])) return 'lfw';
  return filled.slice(0, 20).every(isNumberedPair) ? 'numbered' : 'csv';
}

function parse(text: string, format: ProtocolFormat, file: string): ParsedPairs {
  switch (format) {
    case 'lfw':
      return parseLfwPairs(text.split('\n'), file);
    case 'numbered':
      return parseNumberedPairs(text.split('\n'));
    case 'csv':
      return parseCsvPairs(text, file);
  }
}

function withIdentities(
  parsed: ParsedPairs,
  text: string,
  identitiesFile: string,
  file: string,
): ParsedPairs {
  const named = parseLfwPairs(text.split('\n'), identitiesFile);
  const names = new Map(named.pairs.map((pair) => [pair.index, pair]));
  const rows = named.pairs.length + named.dropped.length;
  const own = parsed.pairs.length + parsed.dropped.length;
  if (rows !== own) {
    throw new Problem(
      identitiesFile,
      `names the persons of ${rows} pairs; ${file} lists ${own}`,
      'give the two lists of one protocol',
    );
  }
  return {
    dropped: parsed.dropped,
    pairs: parsed.pairs.map((pair) => {
      const persons = names.get(pair.index);
      if (persons !== undefined && persons.genuine !== pair.genuine) {
        throw new Problem(
          identitiesFile,
          `line ${persons.line} is a ${persons.genuine ? 'genuine' : 'impostor'} pair, line ${pair.line} of ${file} is not`,
          'give the two lists of one protocol',
        );
      }
      return { ...pair, identityA: persons?.identityA, identityB: persons?.identityB };
    }),
  };
}
