import { interFont, interWeights } from '../inter-font.js';
import { colourNames, themes } from '../theme.js';
import type { Plot } from './plot.js';

/** Empty space around a plot that stands alone, in its units. */
const margin = 14;

export interface StandaloneOptions {
  /** @default 'light' */
  readonly theme?: keyof typeof themes | undefined;
}

/**
 * A plot as an SVG file that needs no page around it: its colours are fixed, the font is inside it, and it stands on
 * paper.
 */
export function standaloneSvg(plot: Plot, { theme = 'light' }: StandaloneOptions = {}): string {
  const faces = interWeights.map((weight) => {
    const base64 = interFont('latin', weight).toString('base64');
    return `@font-face { font-family: Inter; font-weight: ${weight}; src: url(data:font/woff2;base64,${base64}) format('woff2'); }`;
  });
  return svgOn(plot, theme, 1, `<style>${faces.join('\n')}</style>\n`);
}

/**
 * The plot's element with a size, fixed colours and a margin.
 * @param scale pixels for one unit of the plot.
 * @param inside stands before everything that is drawn.
 */
export function svgOn(plot: Plot, theme: keyof typeof themes, scale = 1, inside = ''): string {
  const [width, height] = [plot.width + 2 * margin, plot.height + 2 * margin];
  const opening = /viewBox="[^"]*"/;
  const sized = `width="${Math.round(width * scale)}" height="${Math.round(height * scale)}" viewBox="${-margin} ${-margin} ${width} ${height}"`;
  const paper = `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="${themes[theme].paper}"/>\n`;
  const end = plot.text.indexOf('</desc>') + '</desc>'.length;
  const svg = `${plot.text.slice(0, end).replace(opening, sized)}\n${inside}${paper}${plot.text.slice(end)}`;
  return colourNames.reduce(
    (text, name) => text.replaceAll(new RegExp(`var\\(--${name}, [^)]*\\)`, 'g'), themes[theme][name]),
    svg,
  );
}
