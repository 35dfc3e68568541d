import { join } from 'node:path';
import { identityColumns } from '../../../dataset/labels/label-table.js';
import { indexJournal, readJournalEntry } from '../../../jobs/run/journal-index.js';
import type { ImageOutcome } from '../images/image-outcome.js';

/** One image of the run, with who is in it. */
export interface StudiedImage extends ImageOutcome {
  readonly name: string;
  /** Images of one person are resampled together. Undefined where the labels name nobody. */
  readonly person: string | undefined;
}

/** The images of a run's journal in the order of their names, whatever the order in which they were finished. */
export async function studiedImages(folder: string): Promise<StudiedImage[]> {
  const index = await indexJournal(join(folder, 'results.jsonl'));
  return [...index.keys()].sort().map((name) => {
    const outcome = readJournalEntry(index.get(name)!).result as ImageOutcome;
    return { ...outcome, name, person: personOf(outcome.labels) };
  });
}

function personOf(labels: ImageOutcome['labels']): string | undefined {
  const column = Object.keys(labels).find((name) => identityColumns.includes(name.toLowerCase()));
  return column === undefined ? undefined : labels[column];
}
