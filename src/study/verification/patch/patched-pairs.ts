import { join } from 'node:path';
import { readJournal } from '../../../jobs/run/journal.js';
import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import { Problem } from '../../../problem.js';
import type { ScoredPair } from '../scored-pair.js';
import { stepFolder } from '../step-folder.js';
import type { PatchedFace } from './patch.task.js';

/** A pair with its patched first image. */
export interface PatchedPair {
  readonly pair: ScoredPair;
  readonly patched: PatchedFace;
}

/**
 * The pairs that the patch step has patched, in the order of the list.
 * @throws Problem where the step is missing or unfinished.
 */
export async function readPatchedPairs(study: string, pairs: readonly ScoredPair[]): Promise<PatchedPair[]> {
  const folder = stepFolder(study, 'patch');
  const record = readRunRecord(folder);
  if (record?.status !== 'done') {
    throw new Problem(
      folder,
      record === undefined ? 'the patch step was not run' : 'the patch step is not finished',
      'run `faceprobe verification patch` with the same --output',
    );
  }
  return patchedPairs(folder, pairs);
}

/** The pairs in the journal of a step, in the order of `pairs`. */
export async function patchedPairs(folder: string, pairs: readonly ScoredPair[]): Promise<PatchedPair[]> {
  const faces = new Map<string, PatchedFace>();
  for await (const { item, result } of readJournal(join(folder, 'results.jsonl')))
    faces.set(item, result as PatchedFace);
  return pairs.flatMap((pair) => {
    const patched = faces.get(pair.name);
    return patched === undefined ? [] : [{ pair, patched }];
  });
}
