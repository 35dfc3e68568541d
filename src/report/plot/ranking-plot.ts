import { markup } from '../markup.js';
import { countText, valueFormat } from '../value-format.js';
import { horizontalAxis } from './axis.js';
import { drawing, letterWidth, plotColours, plotWidth, type Plot } from './plot.js';
import { linearScale } from './scale.js';

export interface RankingPlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the values are, in words, under the axis: "Mean absolute change of P(bona fide) when occluded". */
  readonly valueLabel: string;
  /** Drawn in this order from the top. */
  readonly rows: readonly RankingRow[];
}

export interface RankingRow {
  readonly label: string;
  readonly value: number;
  /** Its 95 % interval; without one the sample is too small to give any, and the plot says so. */
  readonly interval?: { readonly low: number; readonly high: number } | undefined;
  /** The number of images (or subjects) behind the value. */
  readonly n: number;
}

const width = plotWidth;
const rowHeight = 26;
const top = 26;

/** Dots with their 95 % intervals in rows, the sample size of each beside it. */
export function rankingPlot({ id, title, valueLabel, rows }: RankingPlot): Plot {
  const longest = Math.max(6, ...rows.map(({ label }) => label.length));
  const shownLetters = Math.min(longest, 24);
  const left = 16 + shownLetters * 12 * letterWidth;
  const counts = rows.map(({ n }) => countText(n));
  const right = width - 22 - Math.max(3, ...counts.map(({ length }) => length)) * 12 * letterWidth;
  const area = { left, top, right, bottom: top + Math.max(rows.length, 1) * rowHeight };
  const ends = rows.flatMap(({ value, interval }) => [
    value,
    interval?.low ?? value,
    interval?.high ?? value,
  ]);
  const scale = linearScale([left, right], [0, ...ends], Math.max(2, Math.floor((right - left) / 55)));
  const axis = horizontalAxis(area, scale, valueLabel);
  const format = valueFormat(ends);

  const drawnRows = rows.map(({ label, value, interval }, index) => {
    const y = top + (index + 0.5) * rowHeight;
    const shown = label.length > shownLetters ? `${label.slice(0, shownLetters - 1)}…` : label;
    const line =
      interval &&
      markup`<line x1="${scale.at(interval.low).toFixed(1)}" x2="${scale.at(interval.high).toFixed(1)}" y1="${y}" y2="${y}" stroke="${plotColours.first}" stroke-width="2.5" stroke-linecap="round"/>`;
    const fill = interval === undefined ? 'none' : plotColours.first;
    const dot =
      Number.isFinite(value) &&
      markup`<circle cx="${scale.at(value).toFixed(1)}" cy="${y}" r="5" fill="${fill}" stroke="${plotColours.first}" stroke-width="1.5"/>`;
    return markup`<g><title>${sentence({ label, value, interval, n: rows[index].n }, format)}</title>
<text x="${left - 10}" y="${y + 4}" text-anchor="end">${shown}</text>
${line}${dot || undefined}
<text x="${width - 4}" y="${y + 4}" text-anchor="end" fill="${plotColours.muted}">${counts[index]}</text></g>
`;
  });
  const withoutInterval = rows.some(({ interval }) => interval === undefined);
  const note = withoutInterval ? 'Open dots: too few samples for an interval.' : '';
  const height = area.bottom + axis.height + (withoutInterval ? 20 : 0);
  const description = rows.map((row) => sentence(row, format)).join(' ');
  return drawing(
    { id, title, description, width, height },
    markup`<text x="${width - 4}" y="14" text-anchor="end" fill="${plotColours.muted}" font-style="italic">n</text>
${axis.markup}
${drawnRows}
<text x="${width / 2}" y="${height - 4}" text-anchor="middle" font-size="11" fill="${plotColours.muted}">${note}</text>`,
  );
}

function sentence({ label, value, interval, n }: RankingRow, format: (value: number) => string): string {
  const range = interval && `, 95 % interval ${format(interval.low)} to ${format(interval.high)}`;
  return `${label}: ${format(value)}${range ?? ', no interval'}, n = ${countText(n)}.`;
}
