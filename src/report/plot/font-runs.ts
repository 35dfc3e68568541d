import { fontFamilyFor } from '../figure/fonts.js';

/**
 * The SVG with one bundled font family for each run of letters, because the drawing library takes the first family
 * alone: Inter comes one file a script.
 */
export function withFontRuns(svg: string): string {
  return svg
    .replaceAll(/font-family="[^"]*"/g, `font-family="${fontFamilyFor('a')}"`)
    .replaceAll(
      /(<text[^>]*>)([^<]*)(?=<\/text>)/g,
      (_, element: string, text: string) => element + runs(text),
    );
}

function runs(text: string): string {
  // An escaped letter (&amp;) is one unit.
  const units = text.match(/&[^;]+;|[^&]/gu) ?? [];
  const families = units.map((unit) => fontFamilyFor(unit.startsWith('&') ? '&' : unit));
  if (families.every((family) => family === families[0] && family === fontFamilyFor('a'))) return text;
  let result = '';
  for (let start = 0; start < units.length;) {
    let end = start + 1;
    while (end < units.length && families[end] === families[start]) end++;
    result += `<tspan font-family="${families[start]}">${units.slice(start, end).join('')}</tspan>`;
    start = end;
  }
  return result;
}
