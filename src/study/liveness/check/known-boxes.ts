import { readLabelTable } from '../../../dataset/labels/label-table.js';
import { Problem } from '../../../problem.js';
import type { MediaItem } from '../media/media-items.js';
import type { FaceBox } from './check-result.js';
import type { CheckItem } from './check-item.js';

const columns = ['x', 'y', 'width', 'height'] as const;

/**
 * Gives each photograph the face box that a table knows: a CSV with the columns path, x, y, width and height, in pixels from
 * the upper left. A path is that of the item, below the folder that was named, or as it was given.
 *
 * @returns the items that have a box, and a problem for each that has none.
 * @throws Problem where the table cannot be read, or lacks a column or a number.
 */
export async function withKnownBoxes(
  items: readonly MediaItem[],
  file: string,
): Promise<{ readonly items: readonly CheckItem[]; readonly problems: readonly Problem[] }> {
  const table = await readLabelTable(file);
  const missing = columns.filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    throw new Problem(
      file,
      `has no column ${missing.join(', ')}; its columns are: ${table.columns.join(', ') || 'none'}`,
      'write path,x,y,width,height, in pixels from the upper left',
    );
  }
  const boxes = new Map<string, FaceBox>();
  for (const { key, labels, line } of table.rows) {
    const [x, y, width, height] = columns.map((column) => Number(labels[column] ?? Number.NaN));
    if (![x, y, width, height].every(Number.isFinite) || width <= 0 || height <= 0) {
      throw new Problem(
        `${file} line ${line}`,
        'is no box of a face',
        'write four numbers; width and height above 0',
      );
    }
    boxes.set(key, [x, y, width, height]);
  }
  const known: CheckItem[] = [];
  const problems: Problem[] = [];
  for (const item of items) {
    const box = boxes.get(item.name) ?? boxes.get(item.file.replaceAll('\\', '/').replace(/^(\.\/)+/, ''));
    if (item.kind === 'video')
      problems.push(
        new Problem(item.name, 'is a video, and --boxes knows faces of images only', 'check it by itself'),
      );
    else if (box === undefined)
      problems.push(new Problem(item.name, `has no row in ${file}`, 'add one, or leave --boxes out'));
    else known.push({ ...item, box });
  }
  return { items: known, problems };
}
