import type { SKRSContext2D } from '@napi-rs/canvas';

import type { Box } from '../../image/geometry.js';
import { countText } from '../value-format.js';
import type { HeatmapFigure } from './heatmap-figure.js';
import { fitted, setFont, wrapped } from './text.js';

/** Where everything of a figure lies, in pixels of the figure. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** One unit: a pixel at 200 dpi. Every length of a figure is a multiple of it. */
  readonly unit: number;
  readonly titleLines: readonly string[];
  readonly subtitleLines: readonly string[];
  /** "n = 1,234", or empty. */
  readonly countText: string;
  readonly titleTop: number;
  /** The photograph. */
  readonly panel: Box;
  readonly colourBar: Box;
  readonly labelLines: readonly string[];
}

export const titleSize = 40;
export const subtitleSize = 26;
export const labelSize = 27;
export const lineHeight = 1.3;
const margin = 60;

/** Pixels of the figure for one pixel of the photograph, across and down. */
export function panelScale(panel: Box, photograph: { readonly width: number; readonly height: number }) {
  return { x: panel.width / photograph.width, y: panel.height / photograph.height };
}

/**
 * The figure is as wide as 8 inches and as high as its content: title, photograph (as large as fits into a
 * square of the text's width), colour bar and its label below, where a sentence can be read without turning.
 * @param context only measures text
 */
export function layoutOf(figure: HeatmapFigure, context: SKRSContext2D): Layout {
  const { dpi = 200, photograph, count, subtitle = '' } = figure;
  const unit = dpi / 200;
  const width = Math.round(8 * dpi);
  const side = width - 2 * margin * unit;

  setFont(context, 'normal', subtitleSize * unit);
  const number = count === undefined ? '' : `n = ${countText(count)}`;
  const numberWidth = number === '' ? 0 : context.measureText(number).width + 40 * unit;
  const subtitleLines = subtitle === '' ? [] : wrapped(context, subtitle, side - numberWidth, 2);
  setFont(context, 'bold', titleSize * unit);
  const titleLines = wrapped(context, figure.title, side, 2);
  setFont(context, 'normal', labelSize * unit);
  const labelLines = wrapped(context, figure.colourBarLabel, side, 2);

  const titleTop = 48 * unit;
  const secondRow = Math.max(subtitleLines.length, number === '' ? 0 : 1);
  const titleBottom =
    titleTop +
    titleLines.length * titleSize * lineHeight * unit +
    (secondRow === 0 ? 0 : (8 + secondRow * subtitleSize * lineHeight) * unit);

  const fit = Math.min(side / photograph.width, side / photograph.height);
  const panelWidth = Math.max(Math.round(photograph.width * fit), 1);
  const panelHeight = Math.max(Math.round(photograph.height * fit), 1);
  const panel = {
    x: Math.round((width - panelWidth) / 2),
    y: Math.round(titleBottom + 28 * unit),
    width: panelWidth,
    height: panelHeight,
  };
  const barWidth = Math.round(side);
  const colourBar = {
    x: Math.round((width - barWidth) / 2),
    y: Math.round(panel.y + panel.height + 40 * unit),
    width: barWidth,
    height: Math.round(34 * unit),
  };
  const ticksBottom = colourBar.y + colourBar.height + (14 + labelSize * lineHeight) * unit;
  const height = Math.round(ticksBottom + (12 + labelLines.length * labelSize * lineHeight + 40) * unit);
  return {
    width,
    height,
    unit,
    titleLines: titleLines.map((line) => fitted(context, line, width)),
    subtitleLines,
    countText: number,
    titleTop,
    panel,
    colourBar,
    labelLines,
  };
}
