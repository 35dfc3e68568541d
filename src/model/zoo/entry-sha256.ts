import { modelSha256 } from '../model-sha256.js';
import type { CatalogueEntry } from './catalogue-entry.js';

/** What an entry's model is known by, as `readModelFile` tells it of the files. */
export function entrySha256({ files }: CatalogueEntry): string {
  return modelSha256(files.map(({ sha256 }) => sha256));
}
