import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import sharp from 'sharp';
import { colourMap } from '../../image/colour-map/colour-map.js';
import { toGray } from '../../image/gray.js';
import { loadOpenCv } from '../../image/opencv.js';
import { overlay } from '../../image/overlay.js';
import type { Box, Point } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Tensor } from '../../tensor/tensor.js';
import { neutralImage } from '../neutral-image.js';
import { canvasFrom } from './canvas-from.js';
import { drawColourBar } from './draw-colour-bar.js';
import { ink, mutedInk } from './draw-title.js';
import { registerFonts } from './fonts.js';
import { labelSize, lineHeight, subtitleSize, titleSize } from './layout.js';
import type { MapTableCell, MapTableFigure } from './map-table-figure.js';
import { withDensity } from './png-density.js';
import { fitted, setFont, wrapped } from './text.js';

const margin = 48;
const gap = 18;
const labelColumn = 275;
const widestCell = 360;
const captionSize = 22;

/**
 * Draws maps as a table with one colour bar for all of them, so that their colours can be compared. Encoded as PNG,
 * 8 inches wide at `dpi`.
 * @throws RangeError where a row has not as many cells as there are columns, or there is no cell
 */
export async function renderMapTable(figure: MapTableFigure): Promise<Uint8Array> {
  const { columns, rows, alpha, dpi, scale } = figure;
  const first = rows.flatMap(({ cells }) => cells).find((cell) => cell !== undefined);
  if (first === undefined) throw new RangeError('The table holds no map.');
  for (const { label, cells } of rows) {
    if (cells.length !== columns.length) {
      throw new RangeError(`Row ${label} has ${cells.length} cells, not ${columns.length}.`);
    }
  }
  const cv = await loadOpenCv();
  registerFonts();
  const colours = colourMap(figure.colourMap);
  const unit = dpi / 200;
  const width = Math.round(8 * dpi);
  const available = width / unit - 2 * margin - labelColumn;
  const cellWidth = Math.min(widestCell, available / columns.length - gap);
  const [mapHeight, mapWidth] = first.map.shape;
  const cellHeight = (cellWidth * mapHeight) / mapWidth;
  const captioned = rows.some(({ cells }) => cells.some((cell) => cell?.caption !== undefined));
  const rowHeight = cellHeight + gap + (captioned ? captionSize * lineHeight : 0);

  // A canvas of any size measures text.
  const measure = createCanvas(1, 1).getContext('2d');
  const inner = width - 2 * margin * unit;
  setFont(measure, 'bold', titleSize * unit);
  const titleLines = wrapped(measure, figure.title, inner, 2);
  setFont(measure, 'normal', subtitleSize * unit);
  const subtitleLines = figure.subtitle === undefined ? [] : wrapped(measure, figure.subtitle, inner, 2);
  const columnLines = columns.map((name) => wrapped(measure, name, cellWidth * unit, 2));
  const rowLines = rows.map(({ label }) => wrapped(measure, label, (labelColumn - gap) * unit, 4));
  setFont(measure, 'normal', labelSize * unit);
  const barLines = wrapped(measure, figure.colourBarLabel, inner, 2);

  const subtitleTop = margin + titleLines.length * titleSize * lineHeight + 8;
  const headTop = subtitleTop + subtitleLines.length * subtitleSize * lineHeight + 24;
  const headLines = Math.max(0, ...columnLines.map(({ length }) => length));
  const cellsTop = headTop + headLines * subtitleSize * lineHeight + 10;
  const barTop = cellsTop + rows.length * rowHeight + 20;
  const barLabelTop = barTop + 34 + 14 + labelSize * lineHeight + 12;
  const height = Math.round((barLabelTop + barLines.length * labelSize * lineHeight + margin) * unit);

  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'top';
  const write = (lines: readonly string[], x: number, top: number, size: number) =>
    lines.forEach((line, at) => context.fillText(line, x * unit, (top + at * size * lineHeight) * unit));

  context.fillStyle = ink;
  setFont(context, 'bold', titleSize * unit);
  write(titleLines, margin, margin, titleSize);
  setFont(context, 'normal', subtitleSize * unit);
  context.fillStyle = mutedInk;
  write(subtitleLines, margin, subtitleTop, subtitleSize);
  context.fillStyle = ink;
  const left = (column: number) => margin + labelColumn + column * (cellWidth + gap);
  context.textAlign = 'center';
  columnLines.forEach((lines, column) => {
    const top = cellsTop - 10 - lines.length * subtitleSize * lineHeight;
    write(lines, left(column) + cellWidth / 2, top, subtitleSize);
  });

  const [panelWidth, panelHeight] = [Math.round(cellWidth * unit), Math.round(cellHeight * unit)];
  rows.forEach(({ cells }, row) => {
    const top = cellsTop + row * rowHeight;
    context.textAlign = 'left';
    context.fillStyle = ink;
    setFont(context, 'normal', subtitleSize * unit);
    const textTop = top + (cellHeight - rowLines[row].length * subtitleSize * lineHeight) / 2;
    write(rowLines[row], margin, textTop, subtitleSize);
    context.textAlign = 'center';
    setFont(context, 'normal', captionSize * unit);
    cells.forEach((cell, column) => {
      const [x, y] = [Math.round(left(column) * unit), Math.round(top * unit)];
      const middle = x + panelWidth / 2;
      context.fillStyle = mutedInk;
      if (cell === undefined) {
        context.strokeStyle = '#d9d9d9';
        context.lineWidth = 2 * unit;
        context.strokeRect(x, y, panelWidth, panelHeight);
        context.fillText('no map', middle, y + panelHeight / 2 - captionSize * unit);
        return;
      }
      const drawn = overlay(cv, groundOf(cell), cell.map, { colourMap: colours, scale, alpha });
      context.imageSmoothingQuality = 'high';
      context.drawImage(canvasFrom(drawn), x, y, panelWidth, panelHeight);
      if (cell.photograph === undefined) {
        drawOutline(
          context,
          figure.outline ?? [],
          { x, y, width: panelWidth, height: panelHeight },
          cell.map,
        );
      }
      const caption = fitted(context, cell.caption ?? '', panelWidth + gap * unit);
      context.fillText(caption, middle, y + panelHeight + 4 * unit);
    });
  });

  const barWidth = Math.round(inner * 0.7);
  const colourBar = {
    x: Math.round((width - barWidth) / 2),
    y: Math.round(barTop * unit),
    width: barWidth,
    height: Math.round(34 * unit),
  };
  drawColourBar(context, { unit, colourBar }, colours, scale, alpha, meanGround(figure));
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillStyle = ink;
  setFont(context, 'normal', labelSize * unit);
  write(barLines, width / unit / 2, barLabelTop, labelSize);

  const png = await sharp(canvas.data(), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
  return withDensity(png, dpi);
}

/** Thin lines; a point names the centre of a pixel of the map. */
function drawOutline(
  context: SKRSContext2D,
  outline: readonly (readonly Point[])[],
  panel: Box,
  { shape: [mapHeight, mapWidth] }: Tensor,
): void {
  context.strokeStyle = 'rgba(26, 26, 26, 0.55)';
  context.lineWidth = Math.max(1, panel.width / 180);
  context.lineJoin = 'round';
  for (const line of outline) {
    context.beginPath();
    for (const [x, y] of line) {
      context.lineTo(
        panel.x + ((x + 0.5) * panel.width) / mapWidth,
        panel.y + ((y + 0.5) * panel.height) / mapHeight,
      );
    }
    context.stroke();
  }
}

/** What the map is drawn over: gray, so that a hue can only come from the colour map. */
function groundOf({ map, photograph }: MapTableCell): RasterImage {
  const [height, width] = map.shape;
  return photograph === undefined ? neutralImage(width, height) : toGray(photograph);
}

/** What the colour bar is blended over. */
function meanGround({ rows }: MapTableFigure): number {
  const means = rows
    .flatMap(({ cells }) => cells)
    .flatMap((cell) => {
      if (cell === undefined) return [];
      const { data } = groundOf(cell);
      return [data.reduce((sum, sample) => sum + sample, 0) / data.length];
    });
  return means.reduce((sum, mean) => sum + mean, 0) / means.length;
}
