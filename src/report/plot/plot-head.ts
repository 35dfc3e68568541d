import { markup, type Markup } from '../markup.js';
import { linesOf } from './axis.js';
import { plotWidth } from './plot.js';
import { legend, type LegendEntry } from './series.js';

/** The heading of a plot and, under it, its legend; `height` is where the plot itself can begin. */
export function plotHead(
  title: string,
  entries: readonly LegendEntry[],
): { readonly markup: Markup; readonly height: number } {
  const lines = linesOf(title, Math.floor(plotWidth / 7.3));
  const heading = lines.map(
    (line, index) =>
      markup`<text x="0" y="${13 + 17 * index}" font-size="13" font-weight="700">${line}</text>\n`,
  );
  const legendTop = 24 + 17 * (lines.length - 1);
  const drawn = legend(entries, 0, legendTop);
  // Under it the name of the vertical axis.
  return { markup: markup`${heading}${drawn.markup}`, height: legendTop + drawn.height + 34 };
}
