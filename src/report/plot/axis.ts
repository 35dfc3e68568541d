import { markup, type Markup } from '../markup.js';
import { letterWidth, plotColours, type PlotArea } from './plot.js';
import type { PlotScale } from './scale.js';

/** How an axis is drawn. */
export interface HorizontalAxis {
  /** Grid lines and, below the area, tick labels and the axis' name. */
  readonly markup: Markup;
  /** Height that the tick labels and the name take below the area. */
  readonly height: number;
}

/**
 * Grid lines of a horizontal axis, its ticks below the area and its name under them. Where 0 lies inside, its line
 * is stronger.
 * @param label what the values are, with their unit
 */
export function horizontalAxis(area: PlotArea, { at, ticks }: PlotScale, label: string): HorizontalAxis {
  const lines = ticks.map(({ value, text }) => {
    const x = at(value).toFixed(1);
    const stroke = value === 0 ? plotColours.muted : plotColours.rule;
    return markup`<line x1="${x}" x2="${x}" y1="${area.top}" y2="${area.bottom}" stroke="${stroke}"/>
<text x="${x}" y="${area.bottom + 16}" text-anchor="middle" fill="${plotColours.muted}" font-size="11">${text}</text>
`;
  });
  // The name is centred under the whole drawing, which is wider than the area, and broken where it is longer.
  const labelLines = linesOf(label, Math.floor(area.right / 6.3));
  const name = labelLines.map(
    (line, index) =>
      markup`<text x="${(area.right / 2).toFixed(1)}" y="${area.bottom + 36 + 15 * index}" text-anchor="middle">${line}</text>\n`,
  );
  return { markup: markup`${lines}${name}`, height: 29 + 15 * labelLines.length };
}

/**
 * Grid lines of a vertical axis and its ticks left of the area. Its name stands above the area, where it can be read
 * without turning the head: leave 18 units there.
 */
export function verticalAxis(area: PlotArea, { at, ticks }: PlotScale, label: string): Markup {
  const lines = ticks.map(({ value, text }) => {
    const y = at(value).toFixed(1);
    const stroke = value === 0 ? plotColours.muted : plotColours.rule;
    return markup`<line x1="${area.left}" x2="${area.right}" y1="${y}" y2="${y}" stroke="${stroke}"/>
<text x="${area.left - 6}" y="${(at(value) + 4).toFixed(1)}" text-anchor="end" fill="${plotColours.muted}" font-size="11">${text}</text>
`;
  });
  return markup`${lines}<text x="0" y="${area.top - 10}">${label}</text>\n`;
}

/** The width that the tick labels of a vertical axis take. */
export function tickWidth(ticks: PlotScale['ticks']): number {
  return Math.ceil(Math.max(0, ...ticks.map(({ text }) => text.length)) * 11 * letterWidth);
}

/** The text in lines of at most `letters` letters, broken at spaces. */
export function linesOf(text: string, letters: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + 1 + word.length <= letters
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word];
  }, []);
}
