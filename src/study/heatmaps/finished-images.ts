import { join } from 'node:path';
import { indexJournal, readJournalEntry } from '../../jobs/run/journal-index.js';
import type { HeatmapResult } from './heatmaps.task.js';

/** One finished image. */
export interface FinishedImage {
  readonly name: string;
  readonly result: HeatmapResult;
}

/**
 * The finished images of a run in the order of their names, so that sums do not depend on which was finished first. Each
 * is read when it is asked for: memory does not grow with what is known of them.
 */
export async function finishedImages(folder: string): Promise<() => Generator<FinishedImage, void, void>> {
  const index = await indexJournal(join(folder, 'results.jsonl'));
  const names = [...index.keys()].sort();
  return function* () {
    for (const name of names) {
      yield { name, result: readJournalEntry(index.get(name)!).result as HeatmapResult };
    }
  };
}
