import { markup } from '../markup.js';
import { countText, titleCase } from '../value-format.js';
import { horizontalAxis } from './axis.js';
import { drawing, letterWidth, plotColours, plotWidth, type Plot, type PlotArea } from './plot.js';
import { plotHead } from './plot-head.js';
import { percentText, rateScale } from './scale.js';
import { markerAt, seriesStyle } from './series.js';

export interface RegionSharesPlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the shares are, in words: "Share of the positive evidence". */
  readonly valueLabel: string;
  /** From the top, such as `left_eye`. */
  readonly regions: readonly string[];
  /** Colours and markers follow their order. */
  readonly groups: readonly RegionShares[];
  /** For each region its share of the area, which it would have of evidence that is spread evenly. */
  readonly areas?: readonly number[] | undefined;
  /** Whether bars reach from 0 to the shares. @default false */
  readonly bars?: boolean | undefined;
}

/** The shares of one group of people. */
export interface RegionShares {
  readonly label: string;
  /** Persons. */
  readonly n: number;
  /** One for each region, in 0..1; NaN where there is none. */
  readonly shares: readonly {
    readonly share: number;
    /** Its 95 % interval over persons; without one there are too few. */
    readonly interval?: { readonly low: number; readonly high: number } | undefined;
  }[];
}

/** Distance of two groups, and what lies around the groups of a region. */
const groupHeight = 11;
const padding = 13;

/** For each region a row of dots, one a group, with their 95 % intervals. */
export function regionSharesPlot(plot: RegionSharesPlot): Plot {
  const { id, title, regions, groups, areas, bars = false } = plot;
  const styles = groups.map((_, at) => ({ ...seriesStyle(at), dashes: undefined }));
  const head = plotHead(
    title,
    groups.map(({ label, n }, at) => ({ label, note: `n = ${countText(n)}`, style: styles[at] })),
  );
  const names = regions.map(titleCase);
  const rowHeight = Math.max(1, groups.length) * groupHeight + padding;
  const top = head.height - 18;
  const area: PlotArea = {
    left: 14 + Math.max(4, ...names.map(({ length }) => length)) * 12 * letterWidth,
    top,
    right: plotWidth - 12,
    bottom: top + Math.max(1, regions.length) * rowHeight,
  };
  const shown = groups.flatMap(({ shares }) =>
    shares.flatMap(({ share, interval }) => [share, interval?.high ?? share]),
  );
  const scale = rateScale([area.left, area.right], [...shown, ...(areas ?? [])], 5);
  const axis = horizontalAxis(area, scale, `${plot.valueLabel} (%)`);
  const x = (share: number) => scale.at(share).toFixed(1);

  const rows = regions.map((region, row) => {
    const rowTop = area.top + row * rowHeight;
    const band =
      row % 2 === 0
        ? markup`<rect x="0" y="${rowTop}" width="${plotWidth}" height="${rowHeight}" fill="${plotColours.muted}" fill-opacity="0.06"/>\n`
        : undefined;
    const even =
      areas !== undefined &&
      markup`<g><title>${region}: ${percentText(areas[row])} % of the area</title><path d="M${x(areas[row])} ${rowTop + 3}V${rowTop + rowHeight - 3}" stroke="${plotColours.muted}" stroke-width="1.5" stroke-dasharray="2 2"/></g>\n`;
    const dots = groups.map(({ label, shares }, at) => {
      const { share, interval } = shares[row];
      if (!Number.isFinite(share)) return undefined;
      const y = rowTop + padding / 2 + (at + 0.5) * groupHeight;
      const bar = bars
        ? markup`<path d="M${x(0)} ${y}H${x(share)}" stroke="${styles[at].colour}" stroke-opacity="0.3" stroke-width="${groupHeight - 2}"/>`
        : undefined;
      const line =
        interval &&
        markup`<path d="M${x(Math.max(0, interval.low))} ${y}H${x(interval.high)}" stroke="${styles[at].colour}" stroke-width="2" stroke-linecap="round"/>`;
      const dot = markup`<g${interval === undefined ? markup` opacity="0.5"` : undefined}>${markerAt(styles[at], scale.at(share), y)}</g>`;
      return markup`<g><title>${label}: ${inWords(region, shares[row])}</title>${bar}${line}${dot}</g>\n`;
    });
    return { band, drawn: markup`<text x="${area.left - 8}" y="${rowTop + rowHeight / 2 + 4}" text-anchor="end">${names[row]}</text>
${even || undefined}${dots}` }; // prettier-ignore
  });
  const notes = [
    areas === undefined ? '' : 'Dashed: the share of the area.',
    groups.some(({ shares }) =>
      shares.some(({ share, interval }) => Number.isFinite(share) && interval === undefined),
    )
      ? 'Pale: too few people for an interval.'
      : '',
  ].filter((note) => note !== '');
  const height = area.bottom + axis.height + (notes.length > 0 ? 20 : 0);
  return drawing(
    { id, title, description: descriptionOf(plot), width: plotWidth, height },
    head.markup,
    rows.map(({ band }) => band),
    axis.markup,
    rows.map(({ drawn }) => drawn),
    markup`<text x="${plotWidth / 2}" y="${height - 4}" text-anchor="middle" font-size="11" fill="${plotColours.muted}">${notes.join(' ')}</text>`,
  );
}

function descriptionOf({ regions, groups }: RegionSharesPlot): string {
  const sentences = groups.map(({ label, n, shares }) => {
    const words = regions.map((region, row) => inWords(region, shares[row]));
    return `${label} (n = ${countText(n)}): ${words.join('; ')}.`;
  });
  return sentences.join(' ') || 'There is nothing to draw.';
}

function inWords(region: string, { share, interval }: RegionShares['shares'][number]): string {
  const percent = (value: number) => percentText(Number(value.toPrecision(3)));
  if (!Number.isFinite(share)) return `${region} none`;
  const range = interval === undefined ? '' : ` (${percent(interval.low)} to ${percent(interval.high)} %)`;
  return `${region} ${percent(share)} %${range}`;
}
