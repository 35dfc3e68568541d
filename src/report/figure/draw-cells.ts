import type { SKRSContext2D } from '@napi-rs/canvas';

import type { ColourMap } from '../../image/colour-map/colour-map.js';
import { colourOf, type ColourScale } from '../../image/colour-map/colour-scale.js';
import type { Box } from '../../image/geometry.js';
import { valueFormat } from '../value-format.js';
import type { FigureCells, HeatmapFigure } from './heatmap-figure.js';
import { panelScale, type Layout } from './layout.js';
import { setFont } from './text.js';

/** Fills the cells with their colours and draws thin white edges. */
export function drawCells(
  context: SKRSContext2D,
  layout: Layout,
  figure: HeatmapFigure,
  cells: FigureCells,
  map: ColourMap,
  scale: ColourScale,
  alpha: number,
): void {
  for (const { box, value } of boxesOf(layout, figure, cells)) {
    const colour = colourOf(value, map, scale);
    if (colour !== undefined) {
      context.fillStyle = `rgba(${colour.join(',')},${alpha})`;
      context.fillRect(box.x, box.y, box.width, box.height);
    }
  }
  context.strokeStyle = 'rgba(255,255,255,0.85)';
  context.lineWidth = 1.4 * layout.unit;
  context.beginPath();
  for (const { box, value } of boxesOf(layout, figure, cells)) {
    if (!Number.isNaN(value)) {
      context.rect(box.x, box.y, box.width, box.height);
    }
  }
  context.stroke();
}

/**
 * Writes the values into the cells, bold white on translucent black, in the largest size (to 34 units) that fits
 * all of them. Returns the boxes of the texts; none where the cells are too small for a legible text.
 */
export function drawCellValues(
  context: SKRSContext2D,
  layout: Layout,
  figure: HeatmapFigure,
  cells: FigureCells,
): Box[] {
  const { unit } = layout;
  const boxes = boxesOf(layout, figure, cells).filter(({ value }) => !Number.isNaN(value));
  const format = valueFormat(boxes.map(({ value }) => value));
  const texts = boxes.map(({ value }) => format(value));
  const probe = 20;
  setFont(context, 'bold', probe);
  const textWidth = Math.max(...texts.map((text) => context.measureText(text).width)) / probe;
  let size = 34 * unit;
  for (const { box } of boxes) {
    // Padding of 0.35 of the size on both sides, and air around it.
    size = Math.min(size, (0.92 * box.width) / (textWidth + 0.7), (0.92 * box.height) / 1.5);
  }
  if (size < 11 * unit) {
    return [];
  }
  setFont(context, 'bold', size);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const width = (textWidth + 0.7) * size;
  const height = 1.4 * size;
  const drawn = boxes.map(({ box }) => ({
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2,
    width,
    height,
  }));
  context.fillStyle = 'rgba(0,0,0,0.6)';
  context.beginPath();
  for (const { x, y } of drawn) {
    context.roundRect(x, y, width, height, 0.25 * size);
  }
  context.fill();
  context.fillStyle = '#ffffff';
  for (const [index, { x, y }] of drawn.entries()) {
    context.fillText(texts[index], x + width / 2, y + height / 2 + 0.36 * size);
  }
  return drawn;
}

/** The cells in pixels of the figure; shared edges fall on the same whole pixel, so that no seam shows. */
function boxesOf(
  { panel }: Layout,
  { photograph }: HeatmapFigure,
  { rowEdges, columnEdges, values }: FigureCells,
): { readonly box: Box; readonly value: number }[] {
  const scale = panelScale(panel, photograph);
  const xs = columnEdges.map((edge) => panel.x + Math.round(edge * scale.x));
  const ys = rowEdges.map((edge) => panel.y + Math.round(edge * scale.y));
  const columns = xs.length - 1;
  return Array.from({ length: (ys.length - 1) * columns }, (_, cell) => {
    const row = Math.floor(cell / columns);
    const column = cell % columns;
    const [x, y] = [xs[column], ys[row]];
    return { box: { x, y, width: xs[column + 1] - x, height: ys[row + 1] - y }, value: values[cell] };
  });
}
