import { markup } from '../markup.js';
import { horizontalAxis, tickWidth, verticalAxis } from './axis.js';
import { drawing, plotColours, plotWidth, type Plot, type PlotArea } from './plot.js';
import { plotHead } from './plot-head.js';
import { polyline } from './polyline.js';
import { linearScale, percentText, rateScale, type PlotScale } from './scale.js';
import { controlStyle, markerAt, seriesStyle, strokeOf, type SeriesStyle } from './series.js';

export interface CurvePlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What runs along the horizontal axis, in words; a share, drawn from 0 to 100 %. */
  readonly shareLabel: string;
  readonly valueLabel: string;
  /** Rates are drawn in percent from 0; other values as they are. @default 'rate' */
  readonly values?: 'rate' | 'number' | undefined;
  /** In the order of the legend; colours follow it. */
  readonly series: readonly CurveSeries[];
  /** Dotted horizontal lines, such as the rate of the unchanged images. */
  readonly references?: readonly { readonly label: string; readonly value: number }[] | undefined;
}

export interface CurveSeries {
  readonly label: string;
  /** What stands behind the label in the legend, such as the area under the curve. */
  readonly note?: string | undefined;
  /** What the others are compared with: dashed and gray. */
  readonly control?: boolean | undefined;
  /** Rising in `share`. A value that is NaN leaves a gap. */
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  /** In [0, 1]. */
  readonly share: number;
  readonly value: number;
  /** Drawn as a band where every point of a series has one. */
  readonly interval?: { readonly low: number; readonly high: number } | undefined;
}

const areaHeight = 210;

/** Lines with markers over a share, such as an error rate over the share of pixels that were put back. */
export function curvePlot({
  id,
  title,
  shareLabel,
  valueLabel,
  values = 'rate',
  series,
  references = [],
}: CurvePlot): Plot {
  const styles = stylesOf(series);
  const head = plotHead(title, [
    ...series.map(({ label, note }, at) => ({ label, note, style: styles[at] })),
    ...references.map(({ label }) => ({ label, style: referenceStyle })),
  ]);
  const [top, bottom] = [head.height, head.height + areaHeight];
  const drawn = [
    ...series.flatMap(({ points }) => points.flatMap(({ value, interval }) => [value, ...endsOf(interval)])),
    ...references.map(({ value }) => value),
  ];
  const vertical =
    values === 'rate' ? rateScale([bottom, top], drawn, 5) : linearScale([bottom, top], drawn, 5);
  const area: PlotArea = { left: tickWidth(vertical.ticks) + 8, top, right: plotWidth - 12, bottom };
  const horizontal = rateScale([area.left, area.right], [1], 5);
  const axis = horizontalAxis(area, horizontal, `${shareLabel} (%)`);
  const name = values === 'rate' ? `${valueLabel} (%)` : valueLabel;
  const text = values === 'rate' ? (value: number) => `${percentText(value)} %` : String;

  return drawing(
    {
      id,
      title,
      description: descriptionOf(series, text),
      width: plotWidth,
      height: bottom + axis.height,
    },
    head.markup,
    verticalAxis(area, vertical, name),
    axis.markup,
    series.map(({ points }, at) => bandOf(points, horizontal, vertical, styles[at])),
    references.map(({ value }) => {
      const y = vertical.at(value).toFixed(1);
      return markup`<path d="M${area.left} ${y}H${area.right}" ${strokeOf(referenceStyle)}/>\n`;
    }),
    series.map(({ label, points }, at) => lineOf(label, points, horizontal, vertical, styles[at], text)),
  );
}

const referenceStyle: SeriesStyle = { colour: plotColours.muted, dashes: '1.5 3', marker: undefined };

/** A style for every series; the controls take none of the colours. */
function stylesOf(series: readonly CurveSeries[]): SeriesStyle[] {
  let position = 0;
  return series.map(({ control = false }) => (control ? controlStyle : seriesStyle(position++)));
}

function bandOf(
  points: readonly CurvePoint[],
  { at: x }: PlotScale,
  { at: y }: PlotScale,
  { colour }: SeriesStyle,
) {
  const known = points.filter(({ value }) => Number.isFinite(value));
  if (known.length < 2 || known.some(({ interval }) => interval === undefined)) return undefined;
  const there = known.map(({ share, interval }) => ({ x: x(share), y: y(interval!.high) }));
  const back = known.map(({ share, interval }) => ({ x: x(share), y: y(interval!.low) })).reverse();
  return markup`<path d="${polyline([...there, ...back])}Z" fill="${colour}" fill-opacity="0.13"/>\n`;
}

function lineOf(
  label: string,
  points: readonly CurvePoint[],
  { at: x }: PlotScale,
  { at: y }: PlotScale,
  style: SeriesStyle,
  text: (value: number) => string,
) {
  const places = points.map(({ share, value }) => ({ x: x(share), y: y(value) }));
  const marks = places
    .filter((place) => Number.isFinite(place.y))
    .map((place) => markerAt(style, place.x, place.y));
  return markup`<g><title>${lineInWords({ label, points }, text)}</title><path d="${polyline(places)}" ${strokeOf(style)}/>${marks}</g>\n`;
}

function descriptionOf(series: readonly CurveSeries[], text: (value: number) => string): string {
  return series.length === 0
    ? 'There is nothing to draw.'
    : series.map((each) => lineInWords(each, text)).join(' ');
}

function lineInWords(
  { label, note, points }: Pick<CurveSeries, 'label' | 'note' | 'points'>,
  text: (value: number) => string,
): string {
  const known = points.filter(({ value }) => Number.isFinite(value));
  const [first, last] = [known.at(0), known.at(-1)];
  if (first === undefined || last === undefined) return `${label}: no values.`;
  const noted = note === undefined ? '' : `, ${note}`;
  return `${label}: ${text(first.value)} at ${percentText(first.share)} %, ${text(last.value)} at ${percentText(last.share)} %${noted}.`;
}

function endsOf(interval: CurvePoint['interval']): number[] {
  return interval === undefined ? [] : [interval.low, interval.high];
}
