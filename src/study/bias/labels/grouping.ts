import { ageBand } from '../../../dataset/people/age-band.js';
import { columnOf } from '../../../dataset/people/group-column.js';
import type { Labels } from '../../../dataset/labels/label-table.js';
import { Problem } from '../../../problem.js';

/** What people are grouped by: one column of the labels, or several that are crossed. */
export interface Grouping {
  /** As it was asked for: `race`, or `gender+race`. */
  readonly key: string;
  /** The columns as the labels spell them. */
  readonly columns: readonly string[];
}

/**
 * The groupings that are asked for.
 *
 * @param keys columns, with `+` between those that are crossed.
 * @param columns those of the labels.
 * @throws Problem where one of them is no column
 */
export function groupings(keys: readonly string[], columns: readonly string[]): Grouping[] {
  return [...new Set(keys)].map((key) => ({
    key,
    columns: key.split('+').map((part) => {
      const column = columnOf(part.trim(), columns);
      if (column !== undefined) return column;
      throw new Problem(
        `--group-by ${part.trim()}`,
        'is no column of the labels',
        `they have ${columns.join(', ') || 'none'}`,
      );
    }),
  }));
}

/**
 * The group of an image: `female`, or `female, black` of two columns. Ages are in bands.
 *
 * @param ageWidth years in a band.
 * @returns undefined where one of the columns is not known of it
 */
export function groupOf({ columns }: Grouping, labels: Labels, ageWidth: number): string | undefined {
  const parts = columns.map((column) => valueOf(labels, column, ageWidth));
  return parts.includes(undefined) ? undefined : parts.join(', ');
}

/** The groups of a grouping that occur, in their order: numbers rise, names are in code-unit order. */
export function sortedGroups(groups: Iterable<string>): string[] {
  return [...new Set(groups)].sort((a, b) => {
    const [first, second] = [Number.parseInt(a, 10), Number.parseInt(b, 10)];
    return first === second || Number.isNaN(first) || Number.isNaN(second)
      ? a < b
        ? -1
        : 1
      : first - second;
  });
}

function valueOf(labels: Labels, column: string, ageWidth: number): string | undefined {
  if (!(column in labels)) return undefined;
  const value = labels[column];
  return column.toLowerCase() === 'age' ? (ageBand(value, ageWidth) ?? value) : value;
}
