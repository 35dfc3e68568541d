import { GlobalFonts } from '@napi-rs/canvas';

import { interCovers, interFont, interWeights } from '../inter-font.js';

/** Inter comes one file a script; a family for each lets the canvas look for a glyph in all of them. */
const subsets = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] as const;
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
    for (const weight of interWeights) {
      GlobalFonts.register(interFont(subset, weight), family(subset));
    }
  }
  registered = true;
}

/** The family of `figureFont` that has a letter; `sans-serif` where none has. */
export function fontFamilyFor(letter: string): string {
  const subset = subsets.find((each) => interCovers(each, letter.codePointAt(0) ?? 0));
  return subset === undefined ? 'sans-serif' : family(subset);
}
