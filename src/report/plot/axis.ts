import { scaleLinear } from 'd3-scale';

import { markup, type Markup } from '../markup.js';
import { valueFormat } from '../value-format.js';
import { plotColours, type PlotArea } from './plot.js';

/** A horizontal axis: where a value lies, and how the axis is drawn. */
export interface HorizontalAxis {
  /** The x of a value, in units of the drawing. */
  readonly at: (value: number) => number;
  /** Grid lines and, below the area, tick labels and the axis' name. */
  readonly markup: Markup;
  /** Height that the tick labels and the name take below the area. */
  readonly height: number;
}

/**
 * A linear axis that spans all values, with round ends. Where 0 lies inside, its line is stronger.
 * @param label what the values are, with their unit
 */
export function horizontalAxis(area: PlotArea, values: Iterable<number>, label: string): HorizontalAxis {
  const finite = [...values].filter(Number.isFinite);
  const lowest = finite.length === 0 ? 0 : Math.min(...finite);
  const highest = finite.length === 0 ? 1 : Math.max(...finite);
  const pad = lowest === highest ? Math.abs(lowest) / 2 || 0.5 : 0;
  const count = Math.max(2, Math.floor((area.right - area.left) / 55));
  const scale = scaleLinear([lowest - pad, highest + pad], [area.left, area.right]).nice(count);
  const ticks = scale.ticks(count);
  const format = valueFormat(ticks);
  const lines = ticks.map((tick) => {
    const x = scale(tick).toFixed(1);
    const stroke = tick === 0 ? plotColours.muted : plotColours.grid;
    return markup`<line x1="${x}" x2="${x}" y1="${area.top}" y2="${area.bottom}" stroke="${stroke}"/>
<text x="${x}" y="${area.bottom + 16}" text-anchor="middle" fill="${plotColours.muted}" font-size="11">${format(tick)}</text>
`;
  });
  // The name is centred under the whole drawing, which is wider than the area, and broken where it is longer.
  const labelLines = linesOf(label, Math.floor(area.right / 6.3));
  const name = labelLines.map(
    (line, index) =>
      markup`<text x="${(area.right / 2).toFixed(1)}" y="${area.bottom + 36 + 15 * index}" text-anchor="middle">${line}</text>\n`,
  );
  return { at: scale, markup: markup`${lines}${name}`, height: 29 + 15 * labelLines.length };
}

/** The text in lines of at most `letters` letters, broken at spaces. */
function linesOf(text: string, letters: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + 1 + word.length <= letters
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word];
  }, []);
}
