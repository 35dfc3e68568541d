import { inWords, number, percent } from '../../report/in-words.js';
import type { ShareRow } from '../aggregate/shares-table.js';
import type { TestRow } from '../aggregate/tests-table.js';
import type { CompareSummary } from '../compare/compare.js';
import type { DistanceRow } from '../compare/compare-tables.js';
import { measureWords } from '../plot/comparison-plots.js';

/** Which region has the most of the evidence of a model, and which the most for its size. */
export function regionInWords(model: string, shares: readonly ShareRow[]): string | undefined {
  const known = shares.filter(
    (row) =>
      row.modelKey === 'model' && row.model === model && row.groupKey === '' && Number.isFinite(row.share),
  );
  const bySize = known.toSorted((a, b) => b.share / b.area - a.share / a.area);
  const [first, second] = [bySize.at(0), bySize.at(1)];
  if (first === undefined) return undefined;
  const times = ({ share, area }: Pick<ShareRow, 'share' | 'area'>) => `${(share / area).toFixed(1)} times`;
  const settled =
    second === undefined || (first.low !== null && first.low / first.area > second.share / second.area);
  const next =
    second === undefined
      ? ''
      : `; then the ${inWords(second.region)} (${times(second)})${settled ? '' : ', which of the two is first is not settled'}`;
  const largest = known.reduce((most, row) => (row.share > most.share ? row : most));
  return (
    `For its size the ${inWords(first.region)} counts most to ${model}: ${shareInWords(first)} of the evidence on ` +
    `${percent(first.area)} % of the view, ${times(first)} an even spread, over ${first.persons} people${next}. ` +
    `The largest share has the ${inWords(largest.region)}: ${shareInWords(largest)}, ${times(largest)} an even spread.`
  );
}

/** `23.1 % (95 % interval 22.0 to 24.2 %)`. */
function shareInWords({ share, low, high }: ShareRow): string {
  const interval =
    low === null || high === null
      ? 'too few people for an interval'
      : `95 % interval ${percent(low)} to ${percent(high)} %`;
  return `${percent(share)} % (${interval})`;
}

/**
 * How far apart the models are, and whether that is more than chance. Maps of the same people share what is peculiar to
 * these people, so models are compared across two halves of the people with themselves and with each other.
 */
export function likenessInWords(
  { measures, comparisons }: CompareSummary,
  distances: readonly DistanceRow[],
): string | undefined {
  const [measure] = measures;
  const of = (comparison: string) =>
    distances
      .filter(
        (row) => row.comparison === comparison && row.measure === measure && Number.isFinite(row.distance),
      )
      .sort((a, b) => a.distance - b.distance);
  const models = of('model');
  const [nearest, farthest] = [models.at(0), models.at(-1)];
  if (nearest === undefined || farthest === undefined) return undefined;
  const words = measureWords(measure);
  const count = comparisons.find(({ name }) => name === 'model')?.items.length ?? 0;
  const alike =
    models.length === 1
      ? `The mean maps of ${nearest.first} and ${nearest.second} are ${number(nearest.distance)} apart (${words}).`
      : `Of the ${count} models, ${nearest.first} and ${nearest.second} look at faces most alike (${words} ` +
        `${number(nearest.distance)}), ${farthest.first} and ${farthest.second} least (${number(farthest.distance)}).`;
  const across = of('model-half').filter((row) => halfOf(row.first) !== halfOf(row.second));
  const isSame = ({ first, second }: DistanceRow) => modelOf(first) === modelOf(second);
  const same = across.filter(isSame);
  const other = across.filter((row) => !isSame(row));
  if (same.length === 0 || other.length === 0) return alike;
  const pairs = models.map(({ first, second }) => {
    const own = other.filter((row) => [first, second].every((model) => modelsOf(row).includes(model)));
    return `${first} and ${second} differ by ${range(own)}`;
  });
  const shown = pairs.length <= 3 ? pairs : [pairs[0], pairs[pairs.length - 1]];
  return (
    `${alike} From one half of the people to the other, a model differs from itself by ${range(same)}, which is chance; ` +
    `${shown.join(', ')}.`
  );
}

/** `half 1` and the model of `half 1, fr_feature`. */
const halfOf = (label: string) => label.slice(0, label.indexOf(', '));
const modelOf = (label: string) => label.slice(label.indexOf(', ') + 2);

const modelsOf = ({ first, second }: DistanceRow) => [modelOf(first), modelOf(second)];

function range(rows: readonly DistanceRow[]): string {
  const values = rows.map(({ distance }) => distance);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? number(low) : `${number(low)} to ${number(high)}`;
}

/** How many differences between the groups of a key stand after the correction, and the clearest. */
export function differencesInWords(key: string, tests: readonly TestRow[]): string | undefined {
  const own = tests.filter(({ groupKey, p }) => groupKey === key && !Number.isNaN(p));
  if (own.length === 0) return undefined;
  const found = own.filter(({ holm }) => holm < 0.05).sort((a, b) => a.holm - b.holm || a.p - b.p);
  if (found.length === 0) {
    return `Between the groups by ${inWords(key)} none of ${own.length} comparisons of a region is significant (permutation tests, Holm’s correction, 5 %).`;
  }
  const pair = found.find(({ difference }) => difference !== null) ?? found[0];
  return (
    `Between the groups by ${inWords(key)}, ${found.length} of ${own.length} comparisons of a region ` +
    `${found.length === 1 ? 'is' : 'are'} significant (permutation tests, Holm’s correction, 5 %); the clearest: ${testInWords(pair)}.`
  );
}

function testInWords({ model, region, groups, difference, holm }: TestRow): string {
  const between = groups.map(inWords).join(' and ');
  const amount = difference === null ? '' : `, by ${percent(difference)} percentage points`;
  return `the ${inWords(region)} of ${model}, between ${between}${amount} (p = ${number(holm)})`;
}
