import { extname } from 'node:path';
import { readCelebaSpoofLabels } from './celeba-spoof.js';
import { type LabelTable, readLabelTable } from './label-table.js';

/** A table of labels whose rows are known by the path of an image. */
export type ImageTable = Omit<LabelTable, 'rows'>;

/**
 * Reads labels of images: a CSV with a column of paths, or the JSON of CelebA-Spoof.
 *
 * @throws Problem where the file cannot be read or is neither
 */
export async function readImageTable(file: string): Promise<ImageTable> {
  if (extname(file).toLowerCase() !== '.json') return readLabelTable(file);
  const byKey = await readCelebaSpoofLabels(file);
  const columns = [...new Set([...byKey.values()].flatMap((labels) => Object.keys(labels)))];
  return { file, key: 'path', columns, byKey, notes: [] };
}
