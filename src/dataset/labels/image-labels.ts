import { extname } from 'node:path';
import { readCelebaSpoofLabels } from './celeba-spoof.js';
import { type Labels, readLabelTable } from './label-table.js';

/** What a file says of images. */
export interface ImageLabels {
  readonly file: string;
  /** The labels of the image at a path; the path may begin with folders that the file does not name. */
  readonly of: (path: string) => Labels | undefined;
  readonly notes: readonly string[];
}

/**
 * Reads labels of images: a CSV with a column of paths, or the JSON of CelebA-Spoof.
 *
 * @throws Problem where the file cannot be read or is neither
 */
export async function readImageLabels(file: string): Promise<ImageLabels> {
  if (extname(file).toLowerCase() === '.json') {
    return { file, of: byEnding(await readCelebaSpoofLabels(file)), notes: [] };
  }
  const { byKey, notes } = await readLabelTable(file);
  return { file, of: byEnding(byKey), notes };
}

/** The row whose path is the longest ending of the asked path, in whole names. */
function byEnding(rows: ReadonlyMap<string, Labels>): ImageLabels['of'] {
  return (path) => {
    for (let rest = path.replaceAll('\\', '/'); ;) {
      const found = rows.get(rest);
      if (found !== undefined) return found;
      const next = rest.indexOf('/');
      if (next === -1) return undefined;
      rest = rest.slice(next + 1);
    }
  };
}
