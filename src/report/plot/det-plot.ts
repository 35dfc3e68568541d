import { markup } from '../markup.js';
import { horizontalAxis, verticalAxis } from './axis.js';
import { clipped } from './clip.js';
import { type ErrorWords, verificationWords } from './error-words.js';
import { operatingCross } from './operating-point.js';
import { drawing, plotColours, plotWidth, type Plot, type PlotArea } from './plot.js';
import { plotHead } from './plot-head.js';
import { polyline } from './polyline.js';
import { inWords, lineStyle, type ErrorTradeOff } from './roc-plot.js';
import { deviateScale } from './scale.js';
import { seriesStyle, strokeOf } from './series.js';

export interface DetPlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** @default verificationWords */
  readonly words?: ErrorWords | undefined;
  readonly series: readonly ErrorTradeOff[];
}

/** Room for the ticks of the vertical axis. */
const left = 40;
/** Both axes have one scale, so the area is a square. */
const side = plotWidth - 12 - left;

/**
 * Detection error trade-off (Martin et al., Eurospeech 1997): FNMR over FMR on normal-deviate axes, where normally
 * distributed scores make straight lines. The dashed diagonal holds the equal error rates. Rates of 0 are drawn half
 * an error from the end, as in `detCurve`.
 */
export function detPlot({ id, title, words = verificationWords, series }: DetPlot): Plot {
  const head = plotHead(
    title,
    series.map(({ label, note }, at) => ({ label, note, style: lineStyle(at) })),
  );
  const top = head.height;
  const bottom = top + side;
  const [low, high] = limits(series);
  const vertical = deviateScale([bottom, top], low, high, 16);
  const area: PlotArea = { left, top, right: left + side, bottom };
  const horizontal = deviateScale([area.left, area.right], low, high, 30);
  const axis = horizontalAxis(area, horizontal, `${words.fmr[0]} (%)`);
  const diagonal = markup`<path d="M${area.left} ${bottom}L${area.right} ${top}" stroke="${plotColours.muted}" stroke-dasharray="3 4"/>
<text x="${area.right - 34}" y="${top + 24}" text-anchor="end" fill="${plotColours.muted}" font-size="11">${words.fmr[1]} = ${words.fnmr[1]}</text>
`;

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
    verticalAxis(area, vertical, `${words.fnmr[0]} (%)`),
    axis.markup,
    diagonal,
    clipped(
      id,
      area,
      series.map(({ label, fmr, fnmr, genuine, impostor }, at) => {
        // Rates of 0 and 1 have no place on the axes, and the ends of the curve lie outside.
        const places = Array.from(fmr, (rate, point) => ({
          x: horizontal.at(halfAnError(rate, impostor)),
          y: vertical.at(halfAnError(fnmr[point], genuine)),
        }));
        return markup`<path d="${polyline(places)}" ${strokeOf(lineStyle(at))}><title>${label}</title></path>\n`;
      }),
    ),
    series.map(({ operating, genuine, impostor }, at) => {
      // The ends of the intervals may lie outside the axes; a rate of 0 lies where the curve does.
      const inside = (rate: number) => Math.min(Math.max(rate, low), high);
      const place = (trials: number, observed: number) => (rate: number) =>
        inside(rate === observed ? halfAnError(rate, trials) : rate);
      if (operating === undefined) return undefined;
      const [fmr, fnmr] = [place(impostor, operating.fmr.rate), place(genuine, operating.fnmr.rate)];
      return operatingCross(
        operating,
        { x: (rate) => horizontal.at(fmr(rate)), y: (rate) => vertical.at(fnmr(rate)) },
        seriesStyle(at),
        words,
      );
    }),
  );
}

function halfAnError(rate: number, trials: number): number {
  const end = 0.5 / trials;
  return Math.min(Math.max(rate, end), 1 - end);
}

/**
 * The lowest and the highest rate of the axes: from half an error to where a curve is of use, which is a rate of one
 * half, or more where a system errs more.
 */
function limits(series: readonly ErrorTradeOff[]): [number, number] {
  const trials = Math.max(10, ...series.flatMap(({ genuine, impostor }) => [genuine, impostor]));
  const worst = Math.max(
    0,
    ...series.map(({ fmr, fnmr }) => Math.min(...Array.from(fmr, (rate, at) => Math.max(rate, fnmr[at])))),
  );
  return [Math.min(0.45 / trials, 0.01), worst < 0.25 ? 0.55 : 0.99];
}
