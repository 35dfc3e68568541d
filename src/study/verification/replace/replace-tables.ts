import { stringify } from 'csv-stringify/sync';
import { cellNumber, readTable } from '../read-table.js';
import type { CurveArea, CurveComparison, Estimate } from './curve-areas.js';
import type { CurvePoint } from './curve-points.js';
import type { LocalisationMean } from './localisation-means.js';

const pointColumns = [
  'curve',
  'method',
  'rate',
  'share',
  'value',
  'low',
  'high',
  'interval',
  'errors',
  'trials',
] as const;

/** `curves.csv`: every rate of every curve at every share. For accuracy, `errors` counts the pairs decided rightly. */
export function curvesTable(points: readonly CurvePoint[]): string {
  const rows = points.map(({ name, rate, ...rest }) => ({ ...rest, rate: name, value: rate }));
  return stringify(rows, { header: true, columns: [...pointColumns] });
}

/** What `curvesTable` wrote. */
export async function readCurvesTable(file: string): Promise<CurvePoint[]> {
  return (await readTable(file, pointColumns)).map((row) => ({
    curve: row.curve as CurvePoint['curve'],
    method: row.method,
    name: row.rate as CurvePoint['name'],
    share: Number(row.share),
    rate: Number(row.value),
    low: Number(row.low),
    high: Number(row.high),
    interval: row.interval as CurvePoint['interval'],
    errors: Number(row.errors),
    trials: Number(row.trials),
  }));
}

const areaColumns = [
  'curve',
  'method',
  'rate',
  'area',
  'low',
  'high',
  'difference',
  'difference_low',
  'difference_high',
  'pairs',
  'identities',
] as const;

/** `areas.csv`: the area under every curve, and its difference from that of random pixels. */
export function areasTable(areas: readonly CurveArea[]): string {
  const rows = areas.map(({ area, difference, ...rest }) => ({
    ...rest,
    area: area.value,
    low: area.low,
    high: area.high,
    difference: difference?.value,
    difference_low: difference?.low,
    difference_high: difference?.high,
  }));
  return stringify(rows, { header: true, columns: [...areaColumns] });
}

/** What `areasTable` wrote. */
export async function readAreasTable(file: string): Promise<CurveArea[]> {
  return (await readTable(file, areaColumns)).map((row) => ({
    curve: row.curve as CurveArea['curve'],
    method: row.method,
    rate: row.rate as CurveArea['rate'],
    area: estimate(row.area, row.low, row.high),
    difference:
      row.difference === '' ? null : estimate(row.difference, row.difference_low, row.difference_high),
    pairs: Number(row.pairs),
    identities: Number(row.identities),
  }));
}

const comparisonColumns = ['curve', 'method', 'other', 'rate', 'difference', 'low', 'high'] as const;

/** `comparisons.csv`: how far the areas of every two methods lie apart. */
export function comparisonsTable(comparisons: readonly CurveComparison[]): string {
  const rows = comparisons.map(({ difference: { value, low, high }, ...rest }) => ({
    ...rest,
    difference: value,
    low,
    high,
  }));
  return stringify(rows, { header: true, columns: [...comparisonColumns] });
}

/** What `comparisonsTable` wrote. */
export async function readComparisonsTable(file: string): Promise<CurveComparison[]> {
  return (await readTable(file, comparisonColumns)).map((row) => ({
    curve: row.curve as CurveComparison['curve'],
    method: row.method,
    other: row.other,
    rate: row.rate as CurveComparison['rate'],
    difference: estimate(row.difference, row.low, row.high),
  }));
}

const localisationColumns = ['method', 'class', 'measure', 'mean', 'low', 'high', 'chance', 'pairs'] as const;

/** `localisation.csv`: how well every method finds the patches. */
export function localisationTable(means: readonly LocalisationMean[]): string {
  const rows = means.map(({ value, ...rest }) => ({
    ...rest,
    mean: Number.isNaN(value) ? undefined : value,
  }));
  return stringify(rows, { header: true, columns: [...localisationColumns] });
}

/** What `localisationTable` wrote. */
export async function readLocalisationTable(file: string): Promise<LocalisationMean[]> {
  return (await readTable(file, localisationColumns)).map((row) => ({
    method: row.method,
    class: row.class as LocalisationMean['class'],
    measure: row.measure as LocalisationMean['measure'],
    ...estimate(row.mean, row.low, row.high),
    chance: cellNumber(row.chance) ?? null,
    pairs: Number(row.pairs),
  }));
}

function estimate(value: string, low: string, high: string): Estimate {
  return {
    value: cellNumber(value) ?? Number.NaN,
    low: cellNumber(low) ?? null,
    high: cellNumber(high) ?? null,
  };
}
