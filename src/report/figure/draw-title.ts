import type { SKRSContext2D } from '@napi-rs/canvas';

import { labelSize, lineHeight, subtitleSize, titleSize, type Layout } from './layout.js';
import { setFont } from './text.js';

export const ink = '#1a1a1a';
export const mutedInk = '#595959';

/** Title, subtitle and, to the right of the subtitle, the number of images. */
export function drawTitle(context: SKRSContext2D, layout: Layout): void {
  const {
    unit,
    colourBar: { x: left, width },
  } = layout;
  let y = layout.titleTop;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillStyle = ink;
  setFont(context, 'bold', titleSize * unit);
  for (const line of layout.titleLines) {
    context.fillText(line, left, y);
    y += titleSize * lineHeight * unit;
  }
  y += 8 * unit;
  context.fillStyle = mutedInk;
  setFont(context, 'normal', subtitleSize * unit);
  if (layout.countText !== '') {
    context.textAlign = 'right';
    context.fillText(layout.countText, left + width, y);
    context.textAlign = 'left';
  }
  for (const line of layout.subtitleLines) {
    context.fillText(line, left, y);
    y += subtitleSize * lineHeight * unit;
  }
}

/** The label of the colour bar, under its ticks. */
export function drawLabel(context: SKRSContext2D, layout: Layout): void {
  const { unit, colourBar } = layout;
  let y = colourBar.y + colourBar.height + (14 + labelSize * lineHeight + 12) * unit;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.fillStyle = ink;
  setFont(context, 'normal', labelSize * unit);
  for (const line of layout.labelLines) {
    context.fillText(line, colourBar.x + colourBar.width / 2, y);
    y += labelSize * lineHeight * unit;
  }
}
