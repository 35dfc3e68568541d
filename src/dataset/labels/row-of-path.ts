import type { ImageTable } from './image-table.js';
import type { LabelRow } from './label-table.js';

/** The row whose path is the longest ending of a path, in whole names: `x/a.png` of `/data/x/a.png` rather than `a.png`. */
export function rowOfPath(
  { byKey }: Pick<ImageTable, 'byKey'>,
  path: string,
): Pick<LabelRow, 'key' | 'labels'> | undefined {
  for (let key = path.replaceAll('\\', '/'); ;) {
    const labels = byKey.get(key);
    if (labels !== undefined) return { key, labels };
    const next = key.indexOf('/');
    if (next === -1) return undefined;
    key = key.slice(next + 1);
  }
}
