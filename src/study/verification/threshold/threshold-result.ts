import { join } from 'node:path';
import { readJournal } from '../../../jobs/run/journal.js';
import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import { Problem } from '../../../problem.js';
import type { ScoredPair } from '../scored-pair.js';
import { stepFolder } from '../step-folder.js';
import { readScores } from './scores-table.js';
import type { ThresholdSummary } from './summarise-scores.js';
import type { EmbeddedFace } from './threshold.task.js';

/** What the threshold step leaves for the later ones. */
export interface ThresholdResult {
  /** In the order of the list; those that could not be scored are left out. */
  readonly pairs: readonly ScoredPair[];
  /** A pair is accepted where its cosine is at or above it. */
  readonly threshold: number;
  /** Where it comes from, in words: `EER`, `FMR 0.001`, `given`. */
  readonly source: string;
  /** The folder that the paths of the pairs are relative to, absolute. */
  readonly images: string;
  /** Which pairs, which model and which preprocessing, for the records of the later steps. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Where an aligned face lies in its photograph. */
export type FoundFace = Pick<EmbeddedFace, 'toPhoto' | 'face'>;

/**
 * Reads what the threshold step of a study left.
 * @param study the folder of the study.
 * @throws Problem where the step is missing or unfinished.
 */
export async function readThreshold(study: string): Promise<ThresholdResult> {
  const folder = stepFolder(study, 'threshold');
  const record = readRunRecord(folder);
  if (record?.status !== 'done') {
    throw new Problem(
      folder,
      record === undefined ? 'the threshold step was not run' : 'the threshold step is not finished',
      'run `faceprobe verification threshold` with the same --output',
    );
  }
  const { threshold, source } = record.results as unknown as ThresholdSummary;
  const { settings } = record;
  return { pairs: await readScores(folder), threshold, source, images: String(settings.images), settings };
}

/** Where the face of each image was found, by the path of the image; none that was skipped. */
export async function readFaces(study: string): Promise<Map<string, FoundFace>> {
  const faces = new Map<string, FoundFace>();
  for await (const { item, result } of readJournal(join(stepFolder(study, 'threshold'), 'results.jsonl'))) {
    const { toPhoto, face } = result as EmbeddedFace;
    faces.set(item, { toPhoto, face });
  }
  return faces;
}
