import { markup } from '../markup.js';
import { titleCase } from '../value-format.js';
import { linesOf } from './axis.js';
import { drawing, plotColours, plotWidth, type Plot } from './plot.js';
import { plotHead } from './plot-head.js';
import { percentText, rateScale } from './scale.js';
import { markerAt, seriesStyle, strokeOf } from './series.js';

export interface RadarPlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the values are, in words; rates, drawn in percent from 0 in the middle. */
  readonly valueLabel: string;
  /** Clockwise from the top, at least three, such as `left_eye`. */
  readonly axes: readonly string[];
  /** In the order of the legend; colours follow it. */
  readonly series: readonly RadarSeries[];
}

export interface RadarSeries {
  readonly label: string;
  /** What stands behind the label in the legend, such as the sample size. */
  readonly note?: string | undefined;
  /** One for each axis, in 0..1; NaN where there is none, which leaves a gap. */
  readonly values: readonly number[];
}

const radius = 118;
const centreX = plotWidth / 2;

/** Values on axes around a centre, one outline a series: the shape of a group's scores at a glance. */
export function radarPlot({ id, title, valueLabel, axes, series }: RadarPlot): Plot {
  const styles = series.map((_, at) => ({ ...seriesStyle(at), dashes: at % 2 === 1 ? '6 3' : undefined }));
  const head = plotHead(
    title,
    series.map(({ label, note }, at) => ({ label, note, style: styles[at] })),
  );
  const centreY = head.height + radius + 12;
  const scale = rateScale(
    [0, radius],
    series.flatMap(({ values }) => [...values]),
    4,
  );
  const directions = axes.map((_, at) => {
    const angle = (2 * Math.PI * at) / axes.length - Math.PI / 2;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });
  const place = (axis: number, distance: number) => ({
    x: centreX + distance * directions[axis].x,
    y: centreY + distance * directions[axis].y,
  });
  const ring = (distance: number) =>
    `${axes
      .map((_, axis) => place(axis, distance))
      .map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
      .join('')}Z`;

  const rings = scale.ticks
    .filter(({ value }) => value > 0)
    .map(
      ({
        value,
        text,
      }) => markup`<path d="${ring(scale.at(value))}" fill="none" stroke="${plotColours.rule}"/>
<text x="${centreX + 4}" y="${(centreY - scale.at(value) + 11).toFixed(1)}" font-size="10" fill="${plotColours.muted}">${text}</text>
`,
    );
  const spokes = axes.map((name, axis) => {
    const end = place(axis, radius);
    const label = place(axis, radius + 12);
    const { x, y } = directions[axis];
    const anchor = Math.abs(x) < 0.2 ? 'middle' : x > 0 ? 'start' : 'end';
    const lines = linesOf(titleCase(name), 9);
    const first =
      label.y + 4 + (y < -0.8 ? -13 * (lines.length - 1) : y > 0.8 ? 4 : -6.5 * (lines.length - 1));
    return markup`<path d="M${centreX} ${centreY}L${end.x.toFixed(1)} ${end.y.toFixed(1)}" stroke="${plotColours.rule}"/>
${lines.map((line, at) => markup`<text x="${label.x.toFixed(1)}" y="${(first + 13 * at).toFixed(1)}" text-anchor="${anchor}">${line}</text>\n`)}`;
  });
  const outlines = series.map(({ label, values }, at) => {
    const places = values.map((value, axis) => place(axis, scale.at(value)));
    const known = values.every(Number.isFinite);
    const d = values
      .map((value, axis) => {
        const before = values[(axis + values.length - 1) % values.length];
        if (!Number.isFinite(value)) return '';
        const { x, y } = places[axis];
        return `${axis === 0 || !Number.isFinite(before) ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
      })
      .join('');
    const closing =
      known || !Number.isFinite(values[0]) || !Number.isFinite(values[values.length - 1])
        ? ''
        : `L${places[0].x.toFixed(1)} ${places[0].y.toFixed(1)}`;
    const area =
      known && d !== ''
        ? markup`<path d="${d}Z" fill="${styles[at].colour}" fill-opacity="0.1"/>`
        : undefined;
    const marks = places.map(({ x, y }, axis) =>
      Number.isFinite(values[axis]) ? markerAt(styles[at], x, y) : undefined,
    );
    return markup`<g><title>${inWords(axes, { label, values })}</title>${area}<path d="${d}${known ? 'Z' : closing}" ${strokeOf(styles[at])}/>${marks}</g>\n`;
  });
  const name = linesOf(`${valueLabel} (%)`, Math.floor(plotWidth / 6.6));
  const bottom = centreY + radius + 44;
  return drawing(
    {
      id,
      title,
      description: series.map((each) => inWords(axes, each)).join(' ') || 'There is nothing to draw.',
      width: plotWidth,
      height: bottom + 15 * name.length,
    },
    head.markup,
    rings,
    spokes,
    outlines,
    name.map(
      (line, at) =>
        markup`<text x="${centreX}" y="${bottom + 8 + 15 * at}" text-anchor="middle" fill="${plotColours.muted}" font-size="11">${line}</text>\n`,
    ),
  );
}

function inWords(axes: readonly string[], { label, values }: Omit<RadarSeries, 'note'>): string {
  const parts = values.map((value, axis) => {
    const text = Number.isFinite(value) ? `${percentText(Number(value.toPrecision(3)))} %` : 'none';
    return `${axes[axis].replaceAll('_', ' ')} ${text}`;
  });
  return `${label}: ${parts.join('; ')}.`;
}
