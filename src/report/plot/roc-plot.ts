import { markup } from '../markup.js';
import { countText } from '../value-format.js';
import { horizontalAxis, tickWidth, verticalAxis } from './axis.js';
import { clipped } from './clip.js';
import { type ErrorWords, verificationWords } from './error-words.js';
import type { OperatingPoint } from './operating-point.js';
import { operatingCross } from './operating-point.js';
import { drawing, plotColours, plotWidth, type Plot, type PlotArea } from './plot.js';
import { plotHead } from './plot-head.js';
import { polyline } from './polyline.js';
import { logRateScale, percentText, rateScale } from './scale.js';
import { seriesStyle, strokeOf } from './series.js';

export interface RocPlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** @default 'log' */
  readonly axis?: 'log' | 'linear' | undefined;
  /** @default verificationWords */
  readonly words?: ErrorWords | undefined;
  readonly series: readonly ErrorTradeOff[];
}

/** The errors of one system over all thresholds. */
export interface ErrorTradeOff {
  readonly label: string;
  readonly note?: string | undefined;
  /** From the strictest threshold to the most lenient: FMR rises, FNMR falls. */
  readonly fmr: ArrayLike<number>;
  readonly fnmr: ArrayLike<number>;
  readonly genuine: number;
  readonly impostor: number;
  /** The rates at the threshold that was chosen. */
  readonly operating?: OperatingPoint | undefined;
}

const areaHeight = 250;

/**
 * Receiver operating characteristics: the true match rate (1 - FNMR) over the false match rate. On the logarithmic
 * axis an FMR of 0 lies at the left end, and the part where the impostor pairs support no rate (below 3 / n, the rule
 * of three) is shaded.
 */
export function rocPlot({ id, title, axis: kind = 'log', words = verificationWords, series }: RocPlot): Plot {
  const head = plotHead(
    title,
    series.map(({ label, note }, at) => ({ label, note, style: lineStyle(at) })),
  );
  const [top, bottom] = [head.height, head.height + areaHeight];
  const vertical = rateScale([bottom, top], [1], 5);
  const area: PlotArea = { left: tickWidth(vertical.ticks) + 8, top, right: plotWidth - 12, bottom };
  const ends = [area.left, area.right] as const;
  const most = Math.max(1, ...series.map(({ impostor }) => impostor));
  const horizontal = kind === 'log' ? logRateScale(ends, Math.min(0.1, 1 / most)) : rateScale(ends, [1], 5);
  const [lowest] = horizontal.domain;
  const x = (rate: number) => horizontal.at(Math.max(rate, lowest));
  const axis = horizontalAxis(area, horizontal, `${words.fmr[0]} (%)`);
  const unsupported = Math.min(1, 3 / most);
  const shade =
    kind === 'log' &&
    series.length > 0 &&
    markup`<rect x="${area.left}" y="${top}" width="${Math.max(0, x(unsupported) - area.left).toFixed(1)}" height="${areaHeight}" fill="${plotColours.muted}" fill-opacity="0.12"><title>${words.fmr[1]} below 3 in ${countText(most)}: no number of errors supports such a rate.</title></rect>\n`;

  return drawing(
    {
      id,
      title,
      description:
        series.length === 0
          ? 'There is nothing to draw.'
          : series.map((each) => inWords(each, words)).join(' '),
      width: plotWidth,
      height: bottom + axis.height,
    },
    head.markup,
    shade || undefined,
    verticalAxis(area, vertical, `${words.recall} (%)`),
    axis.markup,
    clipped(
      id,
      area,
      series.map(({ label, fmr, fnmr }, at) => {
        // Points without a false match lie at the left end; there, the best of them is where the curve begins.
        const first = kind === 'log' ? Math.max(0, Array.from(fmr).lastIndexOf(0)) : 0;
        const places = Array.from(fmr, (rate, point) => ({
          x: x(rate),
          y: vertical.at(1 - fnmr[point]),
        })).slice(first);
        return markup`<path d="${polyline(places)}" ${strokeOf(lineStyle(at))}><title>${label}</title></path>\n`;
      }),
    ),
    series.map(
      ({ operating }, at) =>
        operating &&
        operatingCross(operating, { x, y: (rate) => vertical.at(1 - rate) }, seriesStyle(at), words),
    ),
  );
}

/** Curves have too many points for markers: dashes tell them apart in print. */
export function lineStyle(position: number) {
  const dashes = [undefined, '8 3', '2 2.5', '8 3 2 3', '5 2', '12 3'];
  return { ...seriesStyle(position), dashes: dashes[position % dashes.length] };
}

/** One system as a sentence. */
export function inWords({ label, genuine, impostor, operating }: ErrorTradeOff, words: ErrorWords): string {
  const pairs = `${countText(genuine)} ${words.genuine} and ${countText(impostor)} ${words.impostor} ${words.trials}`;
  const [[, fmr], [, fnmr]] = [words.fmr, words.fnmr];
  const at =
    operating &&
    `; at the threshold (${operating.label}) ${fmr} ${percentText(operating.fmr.rate)} %, ${fnmr} ${percentText(operating.fnmr.rate)} %`;
  return `${label}: ${pairs}${at ?? ''}.`;
}
