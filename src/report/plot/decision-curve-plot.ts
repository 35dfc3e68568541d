import { markup } from '../markup.js';
import { horizontalAxis, tickWidth, verticalAxis } from './axis.js';
import { drawing, plotColours, plotWidth, type Plot, type PlotArea } from './plot.js';
import { plotHead } from './plot-head.js';
import { polyline } from './polyline.js';
import { lineStyle } from './roc-plot.js';
import { rateScale } from './scale.js';
import { markerAt, strokeOf } from './series.js';

export interface DecisionCurvePlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** Both are rates, drawn in percent from 0 to 100. */
  readonly horizontalLabel: string;
  readonly verticalLabel: string;
  /** In the order of the legend; colours and dashes follow it. */
  readonly series: readonly DecisionCurve[];
  /** Whether chance is the diagonal, as in a ROC. */
  readonly diagonal: boolean;
}

/** The curve of one group over all thresholds. */
export interface DecisionCurve {
  readonly label: string;
  /** What stands behind the label in the legend, such as the area under the curve. */
  readonly note?: string | undefined;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** The rates of the decisions that were made. */
  readonly operating?: { readonly x: number; readonly y: number } | undefined;
}

const areaHeight = 250;

/** One rate over another for all thresholds, such as ROC and precision-recall curves by group. */
export function decisionCurvePlot(plot: DecisionCurvePlot): Plot {
  const { id, title, horizontalLabel, verticalLabel, series, diagonal } = plot;
  const head = plotHead(
    title,
    series.map(({ label, note }, at) => ({ label, note, style: lineStyle(at) })),
  );
  const [top, bottom] = [head.height, head.height + areaHeight];
  const vertical = rateScale([bottom, top], [1], 5);
  const area: PlotArea = { left: tickWidth(vertical.ticks) + 8, top, right: plotWidth - 12, bottom };
  const horizontal = rateScale([area.left, area.right], [1], 5);
  const axis = horizontalAxis(area, horizontal, `${horizontalLabel} (%)`);
  const place = (x: number, y: number) => ({ x: horizontal.at(x), y: vertical.at(y) });
  const chance = diagonal
    ? markup`<path d="${polyline([place(0, 0), place(1, 1)])}" fill="none" stroke="${plotColours.muted}" stroke-dasharray="1.5 3"/>\n`
    : undefined;
  const lines = series.map(({ label, x, y, operating }, at) => {
    const places = Array.from(x, (value, point) => place(value, y[point]));
    const point = operating && place(operating.x, operating.y);
    return markup`<g><title>${label}</title><path d="${polyline(places)}" ${strokeOf(lineStyle(at))}/>${point && markerAt(lineStyle(at), point.x, point.y)}</g>\n`;
  });
  return drawing(
    {
      id,
      title,
      description:
        series.map(({ label, note }) => `${label}${note === undefined ? '' : `: ${note}`}.`).join(' ') ||
        'There is nothing to draw.',
      width: plotWidth,
      height: bottom + axis.height,
    },
    head.markup,
    verticalAxis(area, vertical, `${verticalLabel} (%)`),
    axis.markup,
    chance,
    lines,
  );
}
