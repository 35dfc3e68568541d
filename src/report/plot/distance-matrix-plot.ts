import { colourMap } from '../../image/colour-map/colour-map.js';
import { colourOf, rangeScale } from '../../image/colour-map/colour-scale.js';
import { markup } from '../markup.js';
import { valueFormat } from '../value-format.js';
import { linesOf } from './axis.js';
import { drawing, letterWidth, plotColours, plotWidth, type Plot } from './plot.js';
import { plotHead } from './plot-head.js';
import { shortened } from './shortened.js';

export interface DistanceMatrixPlot {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the values are, in words: "Jensen-Shannon distance". */
  readonly valueLabel: string;
  readonly labels: readonly string[];
  /** As many rows of as many values as there are labels; NaN has no value. The diagonal is not drawn. */
  readonly values: readonly ArrayLike<number>[];
  /** The items from the top, such as the leaves of a dendrogram. @default as they are */
  readonly order?: readonly number[] | undefined;
}

const mostLetters = 26;
const smallestCell = 34;
const rowHeight = 26;

/** Every value of a symmetric matrix in a cell of its colour. Columns bear the numbers of the rows. */
export function distanceMatrixPlot({
  id,
  title,
  valueLabel,
  labels,
  values,
  order,
}: DistanceMatrixPlot): Plot {
  const items = order ?? labels.map((_, item) => item);
  const numbered = items.map((item, at) => `${at + 1}  ${labels[item]}`);
  const letters = Math.min(mostLetters, Math.max(4, ...numbered.map(({ length }) => length)));
  const left = 12 + letters * 12 * letterWidth;
  const between = items.flatMap((row) =>
    items.filter((item) => item !== row).map((item) => values[row][item]),
  );
  const scale = rangeScale(between);
  const format = valueFormat(between);
  const textSize = 10;
  const longest = Math.max(3, ...between.map((value) => format(value).length));
  const cell = Math.max(
    smallestCell,
    Math.ceil(longest * textSize * letterWidth) + 6,
    Math.min(64, (plotWidth - left) / Math.max(1, items.length)),
  );
  const right = left + cell * items.length;
  const head = plotHead(title, []);
  const top = head.height - 8;
  const bottom = top + Math.max(1, items.length) * rowHeight;
  const colours = colourMap('viridis_r');

  const rows = items.map((row, y) => {
    const middle = (top + (y + 0.5) * rowHeight + 4).toFixed(1);
    const cells = items.map((column, x) => {
      if (column === row) return undefined;
      const value = values[row][column];
      const colour = colourOf(value, colours, scale);
      const place = markup`x="${(left + x * cell).toFixed(1)}" y="${(top + y * rowHeight).toFixed(1)}" width="${(cell - 1).toFixed(1)}" height="${rowHeight - 1}"`;
      const fill = colour === undefined ? plotColours.rule : `rgb(${colour.join(',')})`;
      const ink = colour === undefined ? plotColours.ink : inkOn(colour);
      return markup`<g><title>${labels[row]}, ${labels[column]}: ${format(value)}</title><rect ${place} fill="${fill}"/><text x="${(left + (x + 0.5) * cell).toFixed(1)}" y="${middle}" text-anchor="middle" font-size="${textSize}" fill="${ink}">${format(value)}</text></g>\n`;
    });
    return markup`<g><title>${labels[row]}</title><text x="${(left - 8).toFixed(1)}" y="${middle}" text-anchor="end">${shortened(numbered[y], letters)}</text></g>
<text x="${(left + (y + 0.5) * cell).toFixed(1)}" y="${top - 6}" text-anchor="middle" fill="${plotColours.muted}">${y + 1}</text>
${cells}`;
  });

  const steps = 64;
  const bar = Array.from({ length: steps }, (_, step) => {
    const colour = colourOf(step / (steps - 1), colours, { minimum: 0, maximum: 1 })!;
    const x = left + ((right - left) * step) / steps;
    // A little wider than a step, so that no seams show.
    return markup`<rect x="${x.toFixed(2)}" y="${bottom + 12}" width="${((right - left) / steps + 0.4).toFixed(2)}" height="8" fill="rgb(${colour.join(',')})"/>`;
  });
  const width = Math.max(plotWidth, Math.ceil(right));
  const name = linesOf(valueLabel, Math.floor(width / 6.3));
  const legend =
    between.length === 0
      ? undefined
      : markup`${bar}
<text x="${left.toFixed(1)}" y="${bottom + 34}" font-size="11" fill="${plotColours.muted}">${format(scale.minimum)}</text>
<text x="${right.toFixed(1)}" y="${bottom + 34}" text-anchor="end" font-size="11" fill="${plotColours.muted}">${format(scale.maximum)}</text>
${name.map((line, at) => markup`<text x="${width / 2}" y="${bottom + 52 + 15 * at}" text-anchor="middle">${line}</text>`)}`;
  return drawing(
    {
      id,
      title,
      description: descriptionOf(labels, values, format),
      width,
      height: bottom + 42 + 15 * name.length,
    },
    head.markup,
    rows,
    legend,
  );
}

/** Black on light colours, white on dark ones (by their luma). */
function inkOn([red, green, blue]: readonly [number, number, number]): string {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 128 ? '#1a1a1a' : '#ffffff';
}

function descriptionOf(
  labels: readonly string[],
  values: readonly ArrayLike<number>[],
  format: (value: number) => string,
): string {
  const pairs = labels.flatMap((first, i) =>
    labels.slice(i + 1).map((second, j) => ({ pair: `${first} and ${second}`, value: values[i][i + 1 + j] })),
  );
  const known = pairs.filter(({ value }) => !Number.isNaN(value)).sort((a, b) => a.value - b.value);
  const [nearest, farthest] = [known.at(0), known.at(-1)];
  if (nearest === undefined || farthest === undefined) return 'There is nothing to compare.';
  return `${pairs.length} pairs. Nearest: ${nearest.pair}, ${format(nearest.value)}. Farthest: ${farthest.pair}, ${format(farthest.value)}.`;
}
