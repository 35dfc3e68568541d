import { Problem } from '../../problem.js';
import type { DroppedPair, ParsedPair, ParsedPairs } from './protocol.js';

/** The first line of `pairs.txt` (folds and pairs a class in each) or of `pairsDevTest.txt` (pairs a class). */
const header = /^(\d+)(?:\s+(\d+))?$/;

/** Whether the first filled line is the header of an LFW list, or a row of three or four tabbed fields of one. */
export function isLfwPairs(firstLine: string): boolean {
  return header.test(firstLine.trim()) || /^[^\t.]+\t\d+\t(?:[^\t.]+\t)?\d+$/.test(firstLine.trimEnd());
}

/**
 * Parses LFW's lists of pairs: `name n1 n2` for a genuine and `name1 n1 name2 n2` for an impostor pair, with tabs or
 * spaces between, and images at `name/name_0001.jpg` (LFW's README, 3c). xSSAB's `lfw_iden_pairs.txt` is the same
 * without the first line.
 *
 * @param name how a `Problem` calls the file.
 * @throws Problem where the file holds fewer or more rows than its first line says
 */
export function parseLfwPairs(lines: readonly string[], name: string): ParsedPairs {
  const first = lines.findIndex((line) => line.trim() !== '');
  const counts = header.exec(lines[first].trim());
  const folds = counts?.at(2) === undefined ? 1 : Number(counts[1]);
  const pairsOfClass = counts === null ? undefined : Number(counts.at(2) ?? counts[1]);

  const pairs: ParsedPair[] = [];
  const dropped: DroppedPair[] = [];
  let index = 0;
  for (let at = counts === null ? first : first + 1; at < lines.length; at++) {
    const text = lines[at].trim();
    if (text === '') continue;
    const row = { index: index++, line: at + 1, text };
    const fields = text.split(text.includes('\t') ? /\t+/ : /\s+/);
    const [nameA, numberA, ...rest] = fields;
    const [nameB, numberB] = rest.length === 1 ? [nameA, rest[0]] : rest;
    if (![1, 2].includes(rest.length) || !/^\d+$/.test(numberA) || !/^\d+$/.test(numberB)) {
      dropped.push({
        line: row.line,
        text,
        kind: 'fields',
        reason: 'is neither "name n1 n2" nor "name1 n1 name2 n2"',
      });
      continue;
    }
    pairs.push({
      ...row,
      a: imageOf(nameA, numberA),
      b: imageOf(nameB, numberB),
      genuine: rest.length === 1,
      identityA: nameA,
      identityB: nameB,
      fold:
        pairsOfClass === undefined || folds === 1
          ? undefined
          : Math.floor(row.index / (2 * pairsOfClass)) + 1,
    });
  }
  const expected = pairsOfClass === undefined ? index : 2 * folds * pairsOfClass;
  if (index !== expected) {
    throw new Problem(
      name,
      `its first line announces ${expected} pairs; it holds ${index}`,
      'fetch the file again, or correct its first line',
    );
  }
  return { pairs, dropped };
}

function imageOf(name: string, number: string): string {
  return `${name}/${name}_${number.padStart(4, '0')}.jpg`;
}
