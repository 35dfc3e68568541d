import { createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import sharp from 'sharp';
import { colourMap } from '../../image/colour-map/colour-map.js';
import { toGray, toRgb } from '../../image/gray.js';
import { loadOpenCv, type OpenCv } from '../../image/opencv.js';
import { overlay } from '../../image/overlay.js';
import type { RasterImage } from '../../image/raster-image.js';
import { resize } from '../../image/resize.js';
import { neutralImage } from '../neutral-image.js';
import { drawColourBar } from './draw-colour-bar.js';
import { ink } from './draw-title.js';
import { registerFonts } from './fonts.js';
import { labelSize, lineHeight, subtitleSize, titleSize } from './layout.js';
import type { PairFigure, PairFigureRow } from './pair-figure.js';
import { withDensity } from './png-density.js';
import { fitted, setFont } from './text.js';

const margin = 48;
const gap = 20;
const panelSide = 361;

/**
 * Draws two faces with their maps: a row for each, the photograph first, and a colour bar under each column of maps.
 * Encoded as PNG, 8 inches wide at `dpi`.
 */
export async function renderPairFigure(figure: PairFigure): Promise<Uint8Array> {
  const { rows, columns, alpha, dpi } = figure;
  const cv = await loadOpenCv();
  registerFonts();
  const unit = dpi / 200;
  const side = Math.round(panelSide * unit);
  const left = (column: number) => Math.round((margin + column * (panelSide + gap)) * unit);
  const textHeight = labelSize * lineHeight;
  const linesTop = margin + titleSize * lineHeight + 8;
  const captionsTop = linesTop + figure.lines.length * subtitleSize * lineHeight + 24;
  const panelsTop = captionsTop + textHeight + 8;
  const rowHeight = panelSide + 14 + textHeight + gap;
  const barTop = panelsTop + rows.length * rowHeight;
  const width = Math.round(8 * dpi);
  const height = Math.round((barTop + 34 + 14 + textHeight + margin) * unit);

  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'top';
  context.fillStyle = ink;
  setFont(context, 'bold', titleSize * unit);
  context.fillText(fitted(context, figure.title, width - 2 * margin * unit), margin * unit, margin * unit);
  setFont(context, 'normal', subtitleSize * unit);
  figure.lines.forEach((line, at) => {
    const y = (linesTop + at * subtitleSize * lineHeight) * unit;
    context.fillText(fitted(context, line, width - 2 * margin * unit), margin * unit, y);
  });
  setFont(context, 'normal', labelSize * unit);
  context.textAlign = 'center';
  ['photograph', ...columns.map(({ label }) => label)].forEach((label, column) =>
    context.fillText(fitted(context, label, side), left(column) + side / 2, captionsTop * unit),
  );

  rows.forEach((row, at) => {
    const top = Math.round((panelsTop + at * rowHeight) * unit);
    const photograph = enlarged(cv, row.photograph, side);
    drawImage(context, photograph, left(0), top);
    const gray = toRgb(toGray(photograph));
    columns.forEach(({ colourMap: name, scale }, column) => {
      const drawn = overlay(cv, gray, row.maps[column], { colourMap: colourMap(name), scale, alpha });
      drawImage(context, drawn, left(column + 1), top);
    });
    setFont(context, 'normal', subtitleSize * unit);
    context.fillStyle = ink;
    context.textAlign = 'left';
    context.textBaseline = 'top';
    const available = width - 2 * margin * unit;
    context.fillText(fitted(context, row.label, available), left(0), top + side + 10 * unit);
  });
  columns.forEach(({ colourMap: name, scale }, column) => {
    const colourBar = {
      x: left(column + 1),
      y: Math.round(barTop * unit),
      width: side,
      height: Math.round(34 * unit),
    };
    drawColourBar(context, { unit, colourBar }, colourMap(name), scale, alpha, meanGray(cv, rows, side));
  });
  const png = await sharp(canvas.data(), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
  return withDensity(png, dpi);
}

function enlarged(cv: OpenCv, photograph: PairFigureRow['photograph'], side: number): RasterImage {
  const { width, height } = photograph;
  const fit = side / Math.max(width, height);
  const size = [Math.max(1, Math.round(width * fit)), Math.max(1, Math.round(height * fit))] as const;
  return 'data' in photograph ? resize(cv, photograph, ...size, 'cubic') : neutralImage(...size);
}

function drawImage(context: SKRSContext2D, image: RasterImage, x: number, y: number): void {
  const { width, height, data } = toRgb(image);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4)
    pixels.set(data.subarray(from, from + 3), to);
  context.putImageData(new ImageData(pixels, width, height), x, y);
}

/** What the colour bars are blended over. */
function meanGray(cv: OpenCv, rows: readonly PairFigureRow[], side: number): number {
  const grays = rows.map(({ photograph }) => toGray(enlarged(cv, photograph, side)).data);
  const sum = grays.reduce((total, data) => total + data.reduce((part, sample) => part + sample, 0), 0);
  return sum / grays.reduce((total, { length }) => total + length, 0);
}
