import type { ScoreHistogram } from '../../measure/verification/score-histogram.js';
import { markup } from '../markup.js';
import { countText } from '../value-format.js';
import { horizontalAxis, tickWidth, verticalAxis } from './axis.js';
import { type ErrorWords, verificationWords } from './error-words.js';
import { drawing, letterWidth, plotColours, plotWidth, type Plot, type PlotArea } from './plot.js';
import { plotHead } from './plot-head.js';
import { linearScale, rateScale } from './scale.js';
import type { SeriesStyle } from './series.js';

export interface ScoreHistogramPlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the scores are: "cosine similarity". */
  readonly scoreLabel: string;
  readonly histogram: Pick<ScoreHistogram, 'genuine' | 'impostor'> & { readonly edges: ArrayLike<number> };
  /** @default verificationWords */
  readonly words?: ErrorWords | undefined;
  /** What stands behind the classes in the legend, such as their error rates. */
  readonly notes?: { readonly genuine?: string; readonly impostor?: string } | undefined;
  readonly threshold?: { readonly value: number; readonly label: string } | undefined;
}

const areaHeight = 190;
const styles: Readonly<Record<'genuine' | 'impostor', SeriesStyle>> = {
  genuine: { colour: plotColours.first, dashes: undefined, marker: undefined },
  impostor: { colour: plotColours.second, dashes: '4 2', marker: undefined },
};

/**
 * Histograms of genuine and impostor scores over the same bins, each as shares of its class so that classes of
 * different size can be compared, with the threshold.
 */
export function scoreHistogramPlot({
  id,
  title,
  scoreLabel,
  histogram,
  words = verificationWords,
  notes = {},
  threshold,
}: ScoreHistogramPlot): Plot {
  const edges = Array.from(histogram.edges);
  const kinds = (['impostor', 'genuine'] as const).map((kind) => {
    const counts = Array.from(histogram[kind]);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return { kind, total, shares: counts.map((count) => (total === 0 ? 0 : count / total)) };
  });
  const present = kinds.filter(({ total }) => total > 0);
  const head = plotHead(
    title,
    present.map(({ kind, total }) => ({
      label: `${words[kind]}, n = ${countText(total)}`,
      note: notes[kind],
      style: styles[kind],
      area: true,
    })),
  );
  // The label of the threshold stands between the axis' name and the area.
  const top = head.height + (threshold === undefined ? 0 : 16);
  const bottom = top + areaHeight;
  const vertical = rateScale(
    [bottom, top],
    present.flatMap(({ shares }) => shares),
    4,
  );
  const area: PlotArea = { left: tickWidth(vertical.ticks) + 8, top, right: plotWidth - 12, bottom };
  const values = [...edges, ...(threshold === undefined ? [] : [threshold.value])];
  const horizontal = linearScale([area.left, area.right], values, 7);
  const axis = horizontalAxis(area, horizontal, scoreLabel);

  return drawing(
    {
      id,
      title,
      description: descriptionOf(present, words, notes, threshold),
      width: plotWidth,
      height: bottom + axis.height,
    },
    head.markup,
    verticalAxis(
      { ...area, top: top - (threshold === undefined ? 0 : 16) },
      vertical,
      'share of the class (%)',
    ),
    axis.markup,
    present.map(({ kind, shares }) => {
      const { colour, dashes } = styles[kind];
      const steps = shares.map((share, bin) => {
        const y = vertical.at(share).toFixed(1);
        return `V${y}H${horizontal.at(edges[bin + 1]).toFixed(1)}`;
      });
      const d = `M${horizontal.at(edges[0]).toFixed(1)} ${bottom}${steps.join('')}V${bottom}Z`;
      const dashed = dashes === undefined ? undefined : markup` stroke-dasharray="${dashes}"`;
      return markup`<path d="${d}" fill="${colour}" fill-opacity="0.25" stroke="${colour}" stroke-width="1.5"${dashed}><title>${words[kind]}</title></path>\n`;
    }),
    threshold && thresholdLine(threshold, horizontal.at(threshold.value), area),
  );
}

function thresholdLine(
  { label }: { readonly label: string },
  x: number,
  { left, right, top, bottom }: PlotArea,
) {
  const half = (label.length * 11 * letterWidth) / 2;
  const centre = Math.min(Math.max(x, left + half), right - half);
  return markup`<path d="M${x.toFixed(1)} ${top - 4}V${bottom}" stroke="${plotColours.ink}" stroke-width="1.5"/>
<text x="${centre.toFixed(1)}" y="${top - 9}" text-anchor="middle" font-size="11">${label}</text>
`;
}

function descriptionOf(
  present: readonly { readonly kind: 'genuine' | 'impostor'; readonly total: number }[],
  words: ErrorWords,
  notes: NonNullable<ScoreHistogramPlot['notes']>,
  threshold: ScoreHistogramPlot['threshold'],
): string {
  const classes = present.map(({ kind, total }) => {
    const note = notes[kind];
    return `${countText(total)} ${words[kind]} scores${note === undefined ? '' : `: ${note}`}.`;
  });
  return [
    ...(classes.length === 0 ? ['There are no scores.'] : classes),
    ...(threshold ? [`${threshold.label}.`] : []),
  ].join(' ');
}
