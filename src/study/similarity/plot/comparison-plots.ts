import { dendrogram } from '../../../measure/clustering/dendrogram.js';
import { type MapDistanceName, mapDistances } from '../../../measure/agreement/map-distances.js';
import type { Linkage } from '../../../measure/clustering/linkage.js';
import { dendrogramPlot } from '../../../report/plot/dendrogram-plot.js';
import { distanceMatrixPlot } from '../../../report/plot/distance-matrix-plot.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { CompareSummary } from '../compare/compare.js';
import type { DistanceRow, LinkageRow } from '../compare/compare-tables.js';
import { inWords } from '../../report/in-words.js';
import type { ComparedMap, Comparison } from '../compare/comparisons.js';

/** The plots of one comparison. */
export interface ComparisonPlots {
  readonly comparison: Comparison;
  /** A tree and the matrix; none where there are only two. */
  readonly plots: readonly StudyPlot[];
}

const linkageWords: Readonly<Record<Linkage, string>> = { average: 'average linkage', ward: 'Ward linkage' };

/** The tree and the distance matrix of every comparison, by the first measure and the first linkage. */
export function comparisonPlots(
  { comparisons, measures, linkages }: CompareSummary,
  distances: readonly DistanceRow[],
  merges: readonly LinkageRow[],
): ComparisonPlots[] {
  const [measure] = measures;
  const [linkage] = linkages;
  return comparisons.map((comparison) => {
    const { name, title, items, groups = false } = comparison;
    const labels = items.map(({ label, persons }) => (groups ? `${inWords(label)} (${persons})` : label));
    const values = distanceMatrixOf(items, name, measure, distances);
    const steps = merges.filter(
      (row) => row.comparison === name && row.measure === measure && row.linkage === linkage,
    );
    const file = name.replaceAll(/[^\w-]+/g, '-');
    const tree = steps.length === items.length - 1 ? dendrogram(steps) : undefined;
    const plots: StudyPlot[] = [];
    // Two maps have one distance, which is no picture.
    if (items.length < 3) return { comparison, plots };
    if (tree !== undefined) {
      plots.push({
        file: `${file}-dendrogram`,
        plot: dendrogramPlot({
          id: `${file}-dendrogram`,
          title,
          valueLabel: `${measureWords(measure)} (${linkageWords[linkage]})`,
          ...{ labels, tree },
        }),
        caption:
          'The further to the right two branches join, the less alike are the mean maps.' +
          (groups
            ? ' In brackets the number of people: small groups are far from all others by chance alone.'
            : ''),
      });
    }
    plots.push({
      file: `${file}-distances`,
      plot: distanceMatrixPlot({
        id: `${file}-distances`,
        title: tree === undefined ? title : `${title}: distances`,
        valueLabel: measureWords(measure),
        ...{ labels, values },
        ...(tree === undefined ? {} : { order: tree.leaves }),
      }),
      caption: `${measureWords(measure)} of every two mean maps; 0 is equal.`,
    });
    return { comparison, plots };
  });
}

/** The name of a measure for axes and sentences. */
export function measureWords(measure: MapDistanceName): string {
  switch (measure) {
    case 'jensen-shannon':
      return 'Jensen-Shannon distance';
    case 'tfg-lime':
      return 'Distance of TFG-LIME';
    case 'pearson':
      return '1 − Pearson’s correlation';
    case 'spearman':
      return '1 − Spearman’s correlation';
    case 'ssim':
      return '1 − structural similarity';
    default:
      return mapDistances[measure satisfies never];
  }
}

function distanceMatrixOf(
  items: readonly ComparedMap[],
  comparison: string,
  measure: string,
  rows: readonly DistanceRow[],
): Float64Array[] {
  const values = items.map(() => new Float64Array(items.length));
  const at = new Map(items.map(({ label }, item) => [label, item]));
  for (const row of rows) {
    if (row.comparison !== comparison || row.measure !== measure) continue;
    const [first, second] = [at.get(row.first)!, at.get(row.second)!];
    values[first][second] = row.distance;
    values[second][first] = row.distance;
  }
  return values;
}
