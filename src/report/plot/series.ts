import { markup, type Markup } from '../markup.js';
import { letterWidth, plotColours } from './plot.js';

/** How the line of a series looks: told apart by colour on a screen, and by marker and dashes in print. */
export interface SeriesStyle {
  readonly colour: string;
  /** SVG's `stroke-dasharray`. */
  readonly dashes: string | undefined;
  readonly marker: Marker | undefined;
}

const colours = [
  plotColours.first,
  plotColours.second,
  plotColours.third,
  plotColours.fourth,
  plotColours.fifth,
  plotColours.sixth,
];

/** Outlines around 0, of about the same area. */
const markers = {
  circle: 'M3.4 0A3.4 3.4 0 1 1 -3.4 0A3.4 3.4 0 1 1 3.4 0Z',
  square: 'M-3 -3H3V3H-3Z',
  triangle: 'M0 -4L4 3H-4Z',
  diamond: 'M0 -4.4L4.4 0L0 4.4L-4.4 0Z',
  'inverted triangle': 'M0 4L4 -3H-4Z',
  cross:
    'M-3.6 -2.2L-2.2 -3.6L0 -1.4L2.2 -3.6L3.6 -2.2L1.4 0L3.6 2.2L2.2 3.6L0 1.4L-2.2 3.6L-3.6 2.2L-1.4 0Z',
  plus: 'M-1 -4H1V-1H4V1H1V4H-1V1H-4V-1H-1Z',
} as const;

type Marker = keyof typeof markers;
const markerNames = Object.keys(markers) as Marker[];

/** The style of the series at a position; the first 42 differ. */
export function seriesStyle(position: number): SeriesStyle {
  const round = Math.floor(position / colours.length);
  return {
    colour: colours[position % colours.length],
    dashes: round % 2 === 1 ? '7 2 2 2' : undefined,
    marker: markerNames[(position + round) % markerNames.length],
  };
}

/** What the others are compared with. */
export const controlStyle: SeriesStyle = { colour: plotColours.muted, dashes: '5 4', marker: undefined };

/** The stroke attributes of a line. */
export function strokeOf({ colour, dashes }: SeriesStyle): Markup {
  const dashed = dashes === undefined ? undefined : markup` stroke-dasharray="${dashes}"`;
  return markup`fill="none" stroke="${colour}" stroke-width="1.8" stroke-linejoin="round"${dashed}`;
}

/** The marker of a series at a point; nothing where it has none. */
export function markerAt(style: SeriesStyle, x: number, y: number): Markup | undefined {
  if (style.marker === undefined) return undefined;
  return markup`<path d="${markers[style.marker]}" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" fill="${style.colour}"/>`;
}

/** One entry of a legend. */
export interface LegendEntry {
  readonly label: string;
  /** What stands behind the label, muted: a number with its interval. */
  readonly note?: string | undefined;
  readonly style: SeriesStyle;
  /** A filled area instead of a line. */
  readonly area?: boolean | undefined;
}

const lineHeight = 17;
const sampleWidth = 30;

/** A legend: one entry a line, its height in units of the drawing. */
export function legend(
  entries: readonly LegendEntry[],
  left: number,
  top: number,
): { readonly markup: Markup; readonly height: number } {
  const longest = Math.max(0, ...entries.map(({ label }) => label.length));
  const noteLeft = left + sampleWidth + 14 + Math.min(longest, 30) * 12 * letterWidth;
  const drawn = entries.map(({ label, note, style, area = false }, index) => {
    const y = top + index * lineHeight + 8;
    const sample = area
      ? markup`<rect x="${left}" y="${y - 6}" width="${sampleWidth}" height="12" fill="${style.colour}" fill-opacity="0.25" stroke="${style.colour}" stroke-width="1.5"${style.dashes === undefined ? undefined : markup` stroke-dasharray="${style.dashes}"`}/>`
      : markup`<path d="M${left} ${y}H${left + sampleWidth}" ${strokeOf(style)}/>${markerAt(style, left + sampleWidth / 2, y)}`;
    const shown = label.length > 30 ? `${label.slice(0, 29)}…` : label;
    const noted =
      note === undefined
        ? undefined
        : markup`<text x="${noteLeft.toFixed(1)}" y="${y + 4}" fill="${plotColours.muted}" font-size="11">${note}</text>`;
    return markup`<g>${sample}<text x="${left + sampleWidth + 8}" y="${y + 4}">${shown}</text>${noted}</g>\n`;
  });
  return { markup: markup`${drawn}`, height: entries.length * lineHeight };
}
