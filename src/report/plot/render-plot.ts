import { createCanvas, loadImage } from '@napi-rs/canvas';
import sharp from 'sharp';

import { registerFonts } from '../figure/fonts.js';
import { withDensity } from '../figure/png-density.js';
import type { themes } from '../theme.js';
import { withFontRuns } from './font-runs.js';
import type { Plot } from './plot.js';
import { svgOn } from './standalone-svg.js';

export interface RenderPlotOptions {
  /** Pixels of the image for one unit of the plot. @default 3, which is 300 dots an inch where a unit is 1/100 inch */
  readonly scale?: number | undefined;
  /** @default 'light' */
  readonly theme?: keyof typeof themes | undefined;
}

/** A plot as PNG, with the bundled font: it looks the same on every machine. */
export async function renderPlot(
  plot: Plot,
  { scale = 3, theme = 'light' }: RenderPlotOptions = {},
): Promise<Uint8Array> {
  registerFonts();
  const image = await loadImage(Buffer.from(withFontRuns(svgOn(plot, theme, scale))));
  const { width, height } = image;
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const png = await sharp(canvas.data(), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 9 })
    .toBuffer();
  return withDensity(png, 100 * scale);
}
