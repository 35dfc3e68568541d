import type { Presentation } from '../../../measure/pad/attack-scores.js';
import type { Loss } from '../../../jobs/run/run-record.js';
import type { EvaluateRequest } from '../evaluate-request.js';
import { attackFolders, attackWords, isAccepted, requireNames } from '../label-words.js';
import { type ScoredRow, scoredRows } from '../scored-rows.js';
import { speciesOf } from '../species-rule.js';

/** A presentation with its image and groups. */
export interface EvaluatedPresentation extends Presentation {
  readonly path: string;
  readonly groups: ScoredRow['groups'];
}

export interface Presentations {
  readonly presentations: readonly EvaluatedPresentation[];
  readonly losses: readonly Loss[];
  readonly notes: readonly string[];
}

/**
 * The presentations of a score file, bona fide or of a species.
 *
 * @throws Problem where a file cannot be read, or no label is known to mean bona fide
 */
export async function readPresentations(
  file: string,
  request: EvaluateRequest,
  withoutScore?: readonly string[],
): Promise<Presentations> {
  const words = attackWords(request.bonaFide);
  const { rows, losses, notes } = await scoredRows(file, request, attackFolders(words), withoutScore);
  const labels = new Set(rows.flatMap(({ label }) => label ?? []));
  requireNames(file, labels, words, { option: '--bona-fide', kind: 'bona fide' });
  const lost = [...losses];
  const presentations = rows.flatMap((row): EvaluatedPresentation[] => {
    const { path, score, label, columns, person, groups } = row;
    if (label === undefined) {
      lost.push({ item: path, reason: 'has no label, and no folder in its path names one' });
      return [];
    }
    const found = { path, score, person, groups };
    if (isAccepted(label, words) === true) return [{ ...found, species: undefined }];
    const species = speciesOf({ path, label, columns }, request.species);
    if (species !== undefined) return [{ ...found, species }];
    lost.push({ item: path, reason: `is an attack (${label}) of a species that --species does not name` });
    return [];
  });
  return { presentations, losses: lost, notes };
}
