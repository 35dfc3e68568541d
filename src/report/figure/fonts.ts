import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { GlobalFonts } from '@napi-rs/canvas';

/** Inter comes one file a script; a family for each lets the canvas look for a glyph in all of them. */
const subsets = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'];
const weights = [400, 700];
const family = (subset: string) => `Inter ${subset}`;

/** The CSS family list of all figures: bundled, so that a figure looks the same on every machine. */
export const figureFont = [...subsets.map((subset) => `"${family(subset)}"`), 'sans-serif'].join(', ');

let registered = false;

/** Makes `figureFont` known to the canvas of this thread. */
export function registerFonts(): void {
  if (registered) {
    return;
  }
  for (const subset of subsets) {
    for (const weight of weights) {
      const file = import.meta.resolve(`@fontsource/inter/files/inter-${subset}-${weight}-normal.woff2`);
      GlobalFonts.register(readFileSync(fileURLToPath(file)), family(subset));
    }
  }
  registered = true;
}
