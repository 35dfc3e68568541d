import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { indexJournal, readJournalEntry } from '../../../jobs/run/journal-index.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import type { ImageEvidence } from './image-evidence.js';

/** What the record of the run holds of the explanations. */
export interface ExplainedSummary {
  /** Images that at least one model could be explained on. */
  readonly images: number;
  /** Those of them without landmarks: they are in no mean on the canonical face. */
  readonly withoutLandmarks: number;
  readonly models: readonly ModelFit[];
}

/** How well the linear models of LIME describe a network. */
export interface ModelFit {
  readonly model: string;
  readonly images: number;
  /** Mean share of the variance explained; null where no image has one. */
  readonly r2: number | null;
  readonly lowestR2: number | null;
  /** Samples of all images together. */
  readonly samples: number;
  /** Images that had not settled when the samples were used up; null where that was not asked. */
  readonly notSettled: number | null;
}

/** Writes `images.csv`, one row an image and model in the order of their names, and adds up how good the fits are. */
export async function summariseImages(run: RunFolder, models: readonly string[]): Promise<ExplainedSummary> {
  const fits = models.map((model) => ({
    model,
    images: 0,
    sum: 0,
    known: 0,
    lowest: Infinity,
    samples: 0,
    open: 0,
    asked: false,
  }));
  const rows: Record<string, unknown>[] = [];
  let [images, withoutLandmarks] = [0, 0];
  const index = await indexJournal(join(run.folder, 'results.jsonl'));
  for (const image of [...index.keys()].sort()) {
    const evidence = readJournalEntry(index.get(image)!).result as ImageEvidence;
    images++;
    if (!evidence.landmarks) withoutLandmarks++;
    for (const fit of fits) {
      if (!(fit.model in evidence.models)) continue;
      const own = evidence.models[fit.model];
      fit.images++;
      fit.samples += own.samples;
      if (own.r2 !== null) {
        fit.sum += own.r2;
        fit.known++;
        fit.lowest = Math.min(fit.lowest, own.r2);
      }
      if (own.settled !== null) fit.asked = true;
      if (own.settled === false) fit.open++;
      rows.push({
        image,
        model: fit.model,
        seed: evidence.seed,
        landmarks: evidence.landmarks ? 'yes' : 'no',
        segments: own.segments,
        samples: own.samples,
        settled: own.settled === null ? '' : own.settled ? 'yes' : 'no',
        r2: own.r2,
        largest_standard_error: own.largestStandardError,
        outside: own.outside,
      });
    }
  }
  await writeFileAtomic(join(run.folder, 'images.csv'), stringify(rows, { header: true }));
  return {
    ...{ images, withoutLandmarks },
    models: fits.map((fit) => ({
      model: fit.model,
      images: fit.images,
      r2: fit.known === 0 ? null : fit.sum / fit.known,
      lowestR2: fit.known === 0 ? null : fit.lowest,
      samples: fit.samples,
      notSettled: fit.asked ? fit.open : null,
    })),
  };
}
