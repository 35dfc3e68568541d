import type { Dendrogram } from '../../measure/clustering/dendrogram.js';
import { markup } from '../markup.js';
import { valueFormat } from '../value-format.js';
import { horizontalAxis } from './axis.js';
import { drawing, letterWidth, plotColours, plotWidth, type Plot, type PlotArea } from './plot.js';
import { plotHead } from './plot-head.js';
import { linearScale } from './scale.js';
import { shortened } from './shortened.js';

export interface DendrogramPlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the heights are, in words: "Jensen-Shannon distance (Ward linkage)". */
  readonly valueLabel: string;
  /** The name of every item, by its number. */
  readonly labels: readonly string[];
  /** From `dendrogram`. */
  readonly tree: Dendrogram;
}

const rowHeight = 24;
const mostLetters = 24;

/** A tree that lies on its side: the items in rows on the left, the distance at which their clusters join to the right. */
export function dendrogramPlot({ id, title, valueLabel, labels, tree }: DendrogramPlot): Plot {
  const { leaves, links } = tree;
  const letters = Math.min(mostLetters, Math.max(4, ...leaves.map((leaf) => labels[leaf].length)));
  const left = 12 + letters * 12 * letterWidth;
  const top = plotHead(title, []).height - 24;
  const area: PlotArea = {
    left,
    top,
    // Room for half of the last number.
    right: plotWidth - 20,
    bottom: top + Math.max(1, leaves.length) * rowHeight,
  };
  const heights = links.map(({ height }) => height);
  const ticks = Math.max(2, Math.floor((area.right - area.left) / 55));
  const scale = linearScale([area.left, area.right], [0, ...heights], ticks);
  const axis = horizontalAxis(area, scale, valueLabel);
  const format = valueFormat(heights);
  const y = (position: number) => (area.top + (position + 0.5) * rowHeight).toFixed(1);
  const x = (height: number) => scale.at(height).toFixed(1);

  const names = leaves.map(
    (leaf, row) =>
      markup`<g><title>${labels[leaf]}</title><text x="${(left - 8).toFixed(1)}" y="${(Number(y(row)) + 4).toFixed(1)}" text-anchor="end">${shortened(labels[leaf], letters)}</text></g>\n`,
  );
  const brackets = links.map(({ positions: [first, second], from: [start, end], height }) => {
    const path = `M${x(start)} ${y(first)}H${x(height)}V${y(second)}H${x(end)}`;
    return markup`<g><title>${format(height)}</title><path d="${path}" fill="none" stroke="${plotColours.first}" stroke-width="1.8" stroke-linejoin="round"/></g>\n`;
  });
  return drawing(
    {
      id,
      title,
      description: inWords(labels, tree, format),
      width: plotWidth,
      height: area.bottom + axis.height,
    },
    plotHead(title, []).markup,
    axis.markup,
    names,
    brackets,
  );
}

/** The joins from the nearest to the farthest, by the items that they bring together. */
function inWords(
  labels: readonly string[],
  { leaves, links }: Dendrogram,
  format: (value: number) => string,
): string {
  if (links.length === 0) return `${labels.join(', ') || 'Nothing'}: nothing to join.`;
  // What lies at the end of a branch is found by where it stands, and by the height that it comes from.
  const clusters = leaves.map((leaf, position) => ({ position, height: 0, items: [labels[leaf]] }));
  return links
    .map(({ positions, from, height }) => {
      const [first, second] = positions.map((position, side) =>
        clusters.findLast((each) => each.position === position && each.height === from[side]),
      );
      const items = [...(first?.items ?? []), ...(second?.items ?? [])];
      clusters.push({ position: (positions[0] + positions[1]) / 2, height, items });
      return `${items.join(', ')} join at ${format(height)}.`;
    })
    .join(' ');
}
