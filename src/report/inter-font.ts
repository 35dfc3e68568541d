import { readFileSync } from 'node:fs';

const folder = new URL('.', import.meta.resolve('@fontsource/inter/package.json'));

/** The weights that figures and reports use. */
export const interWeights = [400, 700] as const;

/**
 * A file (WOFF2) of the typeface Inter (SIL Open Font License 1.1), which figures draw with and reports carry
 * inside them, so that both look the same on every machine.
 */
export function interFont(subset: string, weight: number): Buffer {
  return readFileSync(new URL(`files/inter-${subset}-${weight}-normal.woff2`, folder));
}

let ranges: ReadonlyMap<string, readonly (readonly [first: number, last: number])[]> | undefined;

/** Whether the file of a script has the letter with this code point. */
export function interCovers(subset: string, codePoint: number): boolean {
  ranges ??= readRanges();
  return ranges.get(subset)?.some(([first, last]) => codePoint >= first && codePoint <= last) ?? false;
}

/** The code points of every script's file, as the package lists them: `"greek": "U+0370-0377,U+037A,..."`. */
function readRanges(): NonNullable<typeof ranges> {
  const lists = JSON.parse(readFileSync(new URL('unicode.json', folder), 'utf8')) as Record<string, string>;
  return new Map(
    Object.entries(lists).map(([subset, list]) => [
      subset,
      list.split(',').map((range) => {
        const [first, last = first] = range.replace('U+', '').split('-');
        return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
      }),
    ]),
  );
}
