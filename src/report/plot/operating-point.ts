import { markup, type Markup } from '../markup.js';
import type { ErrorWords } from './error-words.js';
import { percentText } from './scale.js';
import { markerAt, type SeriesStyle } from './series.js';

/** The rates at the threshold that was chosen, with their 95 % intervals. */
export interface OperatingPoint {
  /** How the threshold was chosen: "EER", "FMR 0.001". */
  readonly label: string;
  readonly fmr: RateWithInterval;
  readonly fnmr: RateWithInterval;
}

export interface RateWithInterval {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** The chosen point as a marker, with the intervals of both rates as a cross. */
export function operatingCross(
  { label, fmr, fnmr }: OperatingPoint,
  { x, y }: { readonly x: (fmr: number) => number; readonly y: (fnmr: number) => number },
  style: SeriesStyle,
  words: ErrorWords,
): Markup {
  const [cx, cy] = [x(fmr.rate), y(fnmr.rate)];
  const line = (d: string) =>
    markup`<path d="${d}" stroke="${style.colour}" stroke-width="1.2" fill="none"/>`;
  const rate = (name: string, { rate: value, low, high }: RateWithInterval) =>
    `${name} ${percentText(value)} % (${percentText(low)} to ${percentText(high)})`;
  return markup`<g><title>${label}: ${rate(words.fmr[1], fmr)}, ${rate(words.fnmr[1], fnmr)}</title>
${line(`M${x(fmr.low).toFixed(1)} ${cy.toFixed(1)}H${x(fmr.high).toFixed(1)}`)}
${line(`M${cx.toFixed(1)} ${y(fnmr.low).toFixed(1)}V${y(fnmr.high).toFixed(1)}`)}
${markerAt(style, cx, cy)}</g>
`;
}
