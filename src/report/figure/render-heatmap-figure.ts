import { createCanvas, type Canvas } from '@napi-rs/canvas';
import sharp from 'sharp';

import { colourMap, type ColourMap } from '../../image/colour-map/colour-map.js';
import { colourIndex, type ColourScale } from '../../image/colour-map/colour-scale.js';
import type { Box } from '../../image/geometry.js';
import { toGray } from '../../image/gray.js';
import { loadOpenCv, type OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { resizeMap } from '../../image/resize.js';
import { Problem } from '../../problem.js';
import type { Tensor } from '../../tensor/tensor.js';
import { neutralImage } from '../neutral-image.js';
import { canvasFrom, canvasOfPixels } from './canvas-from.js';
import { drawCells, drawCellValues } from './draw-cells.js';
import { drawColourBar } from './draw-colour-bar.js';
import { drawRegionNames, drawRegions } from './draw-regions.js';
import { drawLabel, drawTitle } from './draw-title.js';
import { registerFonts } from './fonts.js';
import type { HeatmapFigure } from './heatmap-figure.js';
import { layoutOf, type Layout } from './layout.js';
import { withDensity } from './png-density.js';

/** zlib's fastest: half the time of level 3 for files half as large again. */
const compressionLevel = 1;

/**
 * Draws a heat map figure and encodes it as PNG, 8 inches wide at `dpi` (1600 pixels by default).
 * Colours and colour bar use the same scale. See `HeatmapFigure` for the kinds of figures.
 * @throws Problem for an unknown colour map or an alpha outside 0 to 1
 */
export async function renderHeatmapFigure(figure: HeatmapFigure): Promise<Uint8Array> {
  const { alpha = 0.6, scale, cells, regions = [], dpi = 200 } = figure;
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new Problem(
      'alpha',
      `${alpha} is not between 0 and 1`,
      'give 0 for the photograph alone, 1 for the map alone',
    );
  }
  const colours = colourMap(figure.colourMap ?? 'hot');
  registerFonts();
  const layout = layoutOf(figure, createCanvas(1, 1).getContext('2d'));
  const { panel } = layout;

  const photograph = await photographFor(figure, layout);
  const map =
    figure.map === undefined
      ? undefined
      : mapAt(await loadOpenCv(), figure, figure.map, panel, colours, scale);

  // From here to the copy of its pixels nothing may wait: figures of one size share a canvas.
  const canvas = canvasOf(layout);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, layout.width, layout.height);
  // A cubic costs time and shows only where pixels become large.
  context.imageSmoothingQuality = panel.width > 3 * photograph.width ? 'high' : 'medium';
  context.drawImage(canvasFrom(photograph), panel.x, panel.y, panel.width, panel.height);
  if (map !== undefined) {
    context.globalAlpha = alpha;
    context.drawImage(map, panel.x, panel.y);
    context.globalAlpha = 1;
  }
  if (cells !== undefined) {
    drawCells(context, layout, figure, cells, colours, scale, alpha);
  }
  drawRegions(context, layout, figure, regions, colours, scale, alpha);
  const valueBoxes = cells === undefined ? [] : drawCellValues(context, layout, figure, cells);
  drawRegionNames(context, layout, figure, regions, valueBoxes);
  drawTitle(context, layout);
  drawColourBar(context, layout, colours, scale, alpha, mean(photograph.data));
  drawLabel(context, layout);

  const png = await sharp(canvas.data(), { raw: { width: layout.width, height: layout.height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel })
    .toBuffer();
  return withDensity(png, dpi);
}

let shared: Canvas | undefined;

function canvasOf({ width, height }: Layout): Canvas {
  if (shared?.width !== width || shared.height !== height) {
    shared = createCanvas(width, height);
  }
  return shared;
}

/** The photograph as it is drawn: gray or not, and no larger than its place in the figure. */
async function photographFor(figure: HeatmapFigure, { panel }: Layout): Promise<RasterImage> {
  const { photograph, photographColours = 'gray' } = figure;
  if (!('data' in photograph)) {
    return neutralImage(1, 1);
  }
  const { width, height } = photograph;
  const shown = photographColours === 'gray' ? toGray(photograph) : photograph;
  if (width <= panel.width && height <= panel.height) {
    return shown;
  }
  const reduced = await sharp(shown.data, {
    raw: { width, height, channels: shown.channels },
    limitInputPixels: false,
  })
    .resize(panel.width, panel.height, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { width: panel.width, height: panel.height, channels: shown.channels, data: reduced };
}

/** The map at the size of the panel, in opaque colours; transparent where it is NaN. */
function mapAt(
  cv: OpenCv,
  { mapInterpolation = 'linear' }: HeatmapFigure,
  map: Tensor,
  panel: Box,
  { table }: ColourMap,
  scale: ColourScale,
): Canvas {
  const { width, height } = panel;
  const { data: values } = resizeMap(cv, map, width, height, mapInterpolation);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0, to = 0; pixel < values.length; pixel++, to += 4) {
    const entry = colourIndex(values[pixel], scale) * 3;
    if (entry >= 0) {
      rgba[to] = table[entry];
      rgba[to + 1] = table[entry + 1];
      rgba[to + 2] = table[entry + 2];
      rgba[to + 3] = 255;
    }
  }
  return canvasOfPixels(rgba, width, height);
}

/** The mean of the samples, or of enough of them: it only tints the colour bar. */
function mean(samples: Uint8Array): number {
  const step = Math.max(1, Math.floor(samples.length / 10_007));
  let total = 0;
  let count = 0;
  for (let index = 0; index < samples.length; index += step, count++) {
    total += samples[index];
  }
  return total / count;
}
