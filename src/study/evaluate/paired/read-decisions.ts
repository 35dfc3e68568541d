import { join } from 'node:path';
import type { PairIdentities } from '../../../measure/identity-bootstrap.js';
import type { EvaluationTask } from '../evaluate-request.js';
import { readTable } from '../../verification/read-table.js';

/** What became of one image or pair. */
export interface Decision {
  readonly path: string;
  /** `bona fide`, `attack`, `genuine`, `impostor`, or a class. */
  readonly label: string;
  /** Of an attack. */
  readonly species: string;
  /** Who is in it: one name twice for one image; undefined where that is not known. */
  readonly persons: PairIdentities | undefined;
  readonly wrong: boolean;
}

/** A row of the table; which of the other columns there are depends on the task, and on what is known. */
type Row = Readonly<Record<'path' | 'label' | 'right', string>> &
  Readonly<Partial<Record<'species' | 'person' | 'identity_a' | 'identity_b', string>>>;

/** The decisions of a system as `evaluate` wrote them, but for images without a score. By path. */
export async function readDecisions(folder: string, task: EvaluationTask): Promise<Map<string, Decision>> {
  const rows: Row[] = await readTable(join(folder, 'decisions.csv'), ['path', 'label', 'right']);
  const decisions = new Map<string, Decision>();
  for (const row of rows) {
    if (row.right === '') continue;
    const [first, second] =
      task === 'verification' ? [row.identity_a, row.identity_b] : [row.person, row.person];
    decisions.set(row.path, {
      path: row.path,
      label: row.label,
      species: row.species ?? '',
      persons: first && second ? [first, second] : undefined,
      wrong: row.right === 'no',
    });
  }
  return decisions;
}
