import { markup } from '../markup.js';
import { drawing, type Plot } from './plot.js';

const gap = 28;

/**
 * Several plots as one drawing.
 * @param columns how many stand side by side.
 */
export function plotGrid(id: string, title: string, plots: readonly Plot[], columns: number): Plot {
  const across = Math.max(1, Math.min(columns, plots.length));
  const columnWidth = Math.max(0, ...plots.map(({ width }) => width));
  const rows = Array.from({ length: Math.ceil(plots.length / across) }, (_, row) =>
    plots.slice(row * across, (row + 1) * across),
  );
  let y = 0;
  const placed = rows.map((row) => {
    const top = y;
    y += Math.max(...row.map(({ height }) => height)) + gap;
    // Legends may differ in height: the axes stand on one line.
    const bottom = y - gap;
    return row.map(({ content, height }, column) => {
      const left = column * (columnWidth + gap);
      return markup`<g transform="translate(${left} ${Math.max(top, bottom - height)})">${content}</g>\n`;
    });
  });
  return drawing(
    {
      id,
      title,
      description: plots.map((plot) => `${plot.title}. ${plot.description}`).join(' '),
      width: across * columnWidth + (across - 1) * gap,
      height: Math.max(0, y - gap),
    },
    placed,
  );
}
