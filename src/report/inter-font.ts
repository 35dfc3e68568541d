import { readFileSync } from 'node:fs';

const files = new URL('files/', import.meta.resolve('@fontsource/inter/package.json'));

/** The weights that figures and reports use. */
export const interWeights = [400, 700] as const;

/**
 * A file (WOFF2) of the typeface Inter (SIL Open Font License 1.1), which figures draw with and reports carry
 * inside them, so that both look the same on every machine.
 */
export function interFont(subset: string, weight: number): Buffer {
  return readFileSync(new URL(`inter-${subset}-${weight}-normal.woff2`, files));
}
