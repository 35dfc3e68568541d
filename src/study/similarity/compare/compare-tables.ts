import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import type { Linkage, Merge } from '../../../measure/clustering/linkage.js';
import { cellNumber, readTable } from '../../verification/read-table.js';

/** The distance of two mean maps by one measure. */
export interface DistanceRow {
  readonly comparison: string;
  readonly measure: string;
  readonly first: string;
  readonly second: string;
  /** NaN where there is none. */
  readonly distance: number;
}

const distanceColumns = ['comparison', 'measure', 'first', 'second', 'distance'] as const;

export function distancesTable(rows: readonly DistanceRow[]): string {
  return stringify(
    rows.map(({ comparison, measure, first, second, distance }) => [
      ...[comparison, measure, first, second, Number.isNaN(distance) ? '' : distance],
    ]),
    { header: true, columns: [...distanceColumns] },
  );
}

export async function readDistances(folder: string): Promise<DistanceRow[]> {
  const rows = await readTable(join(folder, 'distances.csv'), distanceColumns);
  return rows.map((row) => ({ ...row, distance: cellNumber(row.distance) ?? Number.NaN }));
}

/** One row of SciPy's Z: the merge of two clusters. */
export interface LinkageRow extends Merge {
  readonly comparison: string;
  readonly measure: string;
  readonly linkage: Linkage;
}

const linkageColumns = ['comparison', 'measure', 'linkage', 'first', 'second', 'distance', 'size'] as const;

export function linkageTable(rows: readonly LinkageRow[]): string {
  return stringify(
    rows.map((row) => [
      ...[row.comparison, row.measure, row.linkage, row.first, row.second, row.distance, row.size],
    ]),
    { header: true, columns: [...linkageColumns] },
  );
}

export async function readLinkage(folder: string): Promise<LinkageRow[]> {
  const rows = await readTable(join(folder, 'linkage.csv'), linkageColumns);
  return rows.map((row) => ({
    comparison: row.comparison,
    measure: row.measure,
    linkage: row.linkage as Linkage,
    first: Number(row.first),
    second: Number(row.second),
    distance: Number(row.distance),
    size: Number(row.size),
  }));
}

/** How far the hottest pixels of two mean maps are the same ones. */
export interface OverlapRow {
  readonly comparison: string;
  readonly first: string;
  readonly second: string;
  readonly iou: number;
  readonly f1: number;
}

const overlapColumns = ['comparison', 'first', 'second', 'iou', 'f1'] as const;

export function overlapsTable(rows: readonly OverlapRow[]): string {
  return stringify(
    rows.map(({ comparison, first, second, iou, f1 }) => [comparison, first, second, iou, f1]),
    { header: true, columns: [...overlapColumns] },
  );
}

export async function readOverlaps(folder: string): Promise<OverlapRow[]> {
  const rows = await readTable(join(folder, 'overlaps.csv'), overlapColumns);
  return rows.map((row) => ({ ...row, iou: Number(row.iou), f1: Number(row.f1) }));
}
