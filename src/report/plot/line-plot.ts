import { markup } from '../markup.js';
import { horizontalAxis, tickWidth, verticalAxis } from './axis.js';
import { drawing, plotColours, plotWidth, type Plot, type PlotArea } from './plot.js';
import { plotHead } from './plot-head.js';
import { polyline } from './polyline.js';
import { linearScale, type PlotScale } from './scale.js';
import { markerAt, seriesStyle, strokeOf, type SeriesStyle } from './series.js';

export interface LinePlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What runs along the horizontal axis, with its unit. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** Both ends of the vertical axis. @default [0, 1], for probabilities */
  readonly range?: readonly [low: number, high: number] | undefined;
  /** In the order of the legend; colours follow it. */
  readonly series: readonly LineSeries[];
  /** Dotted horizontal lines, such as a threshold. */
  readonly references?: readonly { readonly label: string; readonly value: number }[] | undefined;
}

export interface LineSeries {
  readonly label: string;
  /** What stands behind the label in the legend. */
  readonly note?: string | undefined;
  /** Rising in x. A y that is NaN leaves a gap. */
  readonly points: readonly LinePoint[];
}

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Drawn as a bar through the point. */
  readonly interval?: { readonly low: number; readonly high: number } | undefined;
}

const areaHeight = 190;
/** With more points than this, markers would hide the line. */
const mostMarkers = 40;

/** Lines over numbers of any unit, such as a probability over seconds or over the severity of an attack. */
export function linePlot({
  id,
  title,
  xLabel,
  yLabel,
  range = [0, 1],
  series,
  references = [],
}: LinePlot): Plot {
  const styles = series.map((_, at) => seriesStyle(at));
  const head = plotHead(title, [
    ...series.map(({ label, note }, at) => ({ label, note, style: styles[at] })),
    ...references.map(({ label }) => ({ label, style: referenceStyle })),
  ]);
  const [top, bottom] = [head.height, head.height + areaHeight];
  const vertical = linearScale([bottom, top], range, 5);
  const area: PlotArea = { left: tickWidth(vertical.ticks) + 8, top, right: plotWidth - 12, bottom };
  const horizontal = wholeTicks(
    linearScale(
      [area.left, area.right],
      series.flatMap(({ points }) => points.map(({ x }) => x)),
      6,
    ),
  );
  const axis = horizontalAxis(area, horizontal, xLabel);
  const place = ({ x, y }: LinePoint) => ({ x: horizontal.at(x), y: vertical.at(y) });
  return drawing(
    {
      id,
      title,
      description: series.map((each) => inWords(each)).join(' ') || 'There is nothing to draw.',
      width: plotWidth,
      height: bottom + axis.height,
    },
    head.markup,
    verticalAxis(area, vertical, yLabel),
    axis.markup,
    references.map(({ value }) => {
      const y = vertical.at(value).toFixed(1);
      return markup`<path d="M${area.left} ${y}H${area.right}" ${strokeOf(referenceStyle)}/>\n`;
    }),
    series.map(({ label, note, points }, at) => {
      const places = points.map(place);
      const shown = places.filter(({ y }) => Number.isFinite(y));
      const style = styles[at];
      const bars = points.flatMap(({ x, interval }) =>
        interval === undefined
          ? []
          : [
              markup`<path d="M${horizontal.at(x).toFixed(1)} ${vertical.at(interval.low).toFixed(1)}V${vertical.at(interval.high).toFixed(1)}" stroke="${style.colour}" stroke-opacity="0.45"/>`,
            ],
      );
      const marks = points.length > mostMarkers ? [] : shown.map(({ x, y }) => markerAt(style, x, y));
      return markup`<g><title>${inWords({ label, note, points })}</title>${bars}<path d="${polyline(places)}" ${strokeOf(style)}/>${marks}</g>\n`;
    }),
  );
}

const referenceStyle: SeriesStyle = { colour: plotColours.muted, dashes: '1.5 3', marker: undefined };

/** Ticks at whole numbers, such as severities, without decimals. */
function wholeTicks(scale: PlotScale): PlotScale {
  if (!scale.ticks.every(({ value }) => Number.isInteger(value))) return scale;
  return { ...scale, ticks: scale.ticks.map(({ value }) => ({ value, text: String(value) })) };
}

function inWords({ label, note, points }: LineSeries): string {
  const known = points.filter(({ y }) => Number.isFinite(y));
  if (known.length === 0) return `${label}: no values.`;
  const values = known.map(({ y }) => y);
  const noted = note === undefined ? '' : `, ${note}`;
  return `${label}: ${known.length} values from ${Math.min(...values).toPrecision(3)} to ${Math.max(...values).toPrecision(3)}${noted}.`;
}
