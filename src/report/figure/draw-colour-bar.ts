import type { SKRSContext2D } from '@napi-rs/canvas';
import { scaleLinear } from 'd3-scale';

import type { ColourMap } from '../../image/colour-map/colour-map.js';
import type { ColourScale } from '../../image/colour-map/colour-scale.js';
import { valueFormat } from '../value-format.js';
import { ink } from './draw-title.js';
import { labelSize, type Layout } from './layout.js';
import { setFont } from './text.js';

/**
 * The colour bar: the map's 256 colours from the scale's minimum to its maximum, both written exactly at the
 * ends, round values between. It is blended like the map, over the photograph's mean gray, so that a colour on
 * the bar looks like the same colour on the face.
 */
export function drawColourBar(
  context: SKRSContext2D,
  layout: Pick<Layout, 'unit' | 'colourBar'>,
  map: ColourMap,
  scale: ColourScale,
  alpha: number,
  background: number,
): void {
  const { unit, colourBar: bar } = layout;
  const blended = (sample: number) => Math.round(alpha * sample + (1 - alpha) * background);
  const constant = scale.maximum <= scale.minimum;
  for (let entry = 0; entry < 256; entry++) {
    const left = bar.x + Math.round((bar.width * entry) / 256);
    const right = bar.x + Math.round((bar.width * (entry + 1)) / 256);
    const colour = [...map.table.subarray(constant ? 0 : entry * 3, (constant ? 0 : entry * 3) + 3)];
    context.fillStyle = `rgb(${colour.map(blended).join(',')})`;
    context.fillRect(left, bar.y, right - left, bar.height);
  }
  context.strokeStyle = ink;
  context.lineWidth = 1.5 * unit;
  context.strokeRect(bar.x, bar.y, bar.width, bar.height);

  setFont(context, 'normal', labelSize * unit);
  context.fillStyle = ink;
  context.textBaseline = 'top';
  for (const { position, text, align } of ticksOf(context, scale, bar.width, unit)) {
    const x = bar.x + position * bar.width;
    context.beginPath();
    context.moveTo(x, bar.y + bar.height);
    context.lineTo(x, bar.y + bar.height + 9 * unit);
    context.stroke();
    context.textAlign = align;
    context.fillText(text, x, bar.y + bar.height + 14 * unit);
  }
}

interface Tick {
  /** 0 at the left end of the bar, 1 at the right. */
  readonly position: number;
  readonly text: string;
  readonly align: 'left' | 'center' | 'right';
}

function ticksOf(context: SKRSContext2D, scale: ColourScale, width: number, unit: number): Tick[] {
  const { minimum, maximum } = scale;
  if (maximum <= minimum) {
    return [{ position: 0.5, text: valueFormat([minimum])(minimum), align: 'center' }];
  }
  const linear = scaleLinear([minimum, maximum], [0, 1]);
  const inner = linear.ticks(Math.max(2, Math.round(width / (240 * unit))));
  const format = valueFormat([minimum, maximum, ...inner]);
  const ends: Tick[] = [
    { position: 0, text: format(minimum), align: 'left' },
    { position: 1, text: format(maximum), align: 'right' },
  ];
  const widthOf = (text: string) => context.measureText(text).width;
  const between = inner
    .map((value): Tick => ({ position: linear(value), text: format(value), align: 'center' }))
    .filter(({ position, text }) => {
      const half = widthOf(text) / 2 + 24 * unit;
      return (
        position * width - half > widthOf(ends[0].text) &&
        (1 - position) * width - half > widthOf(ends[1].text)
      );
    });
  return [ends[0], ...between, ends[1]];
}
