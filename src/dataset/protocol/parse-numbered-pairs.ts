import type { DroppedPair, ParsedPair, ParsedPairs } from './protocol.js';

const row = /^(\d+\.\w+)\s+(\d+\.\w+)\s+([+-]?\d+)$/;

/** Whether a line has the form of xSSAB's `lfw_pair.txt`. */
export function isNumberedPair(line: string): boolean {
  return row.test(line.trim());
}

/**
 * Parses xSSAB's `lfw_pair.txt`: `00001.jpg 00002.jpg 1`, images by number from 1, label 1 genuine and -1 (or 0)
 * impostor. The names are numbers, not files: `resolveImages` finds the files.
 */
export function parseNumberedPairs(lines: readonly string[]): ParsedPairs {
  const pairs: ParsedPair[] = [];
  const dropped: DroppedPair[] = [];
  let index = 0;
  lines.forEach((line, at) => {
    const text = line.trim();
    if (text === '') return;
    const own = { index: index++, line: at + 1, text };
    const fields = row.exec(text);
    if (fields === null) {
      dropped.push({ line: own.line, text, kind: 'fields', reason: 'is not "00001.jpg 00002.jpg 1"' });
    } else if (!['1', '0', '-1'].includes(fields[3])) {
      dropped.push({
        line: own.line,
        text,
        kind: 'label',
        reason: `its label ${fields[3]} is not 1, 0 or -1`,
      });
    } else {
      const [, a, b, label] = fields;
      pairs.push({
        ...own,
        a,
        b,
        genuine: label === '1',
        identityA: undefined,
        identityB: undefined,
        fold: undefined,
      });
    }
  });
  return { pairs, dropped };
}
