import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { decide } from '../../../explain/pair-explanation.js';
import { outputPath } from '../../../dataset/output-path.js';
import { cellNumber, readTable } from '../read-table.js';
import type { ScoredPair } from '../scored-pair.js';
import { facePath } from './face-path.js';

const columns = [
  'path',
  'score',
  'label',
  'decision',
  'index',
  'file_a',
  'file_b',
  'identity_a',
  'identity_b',
  'fold',
] as const;

/**
 * The scores as CSV, one row a pair. Its first columns make it a score file: `path` is the name of the pair, `score` its
 * cosine, `label` genuine or impostor.
 */
export function scoresTable(pairs: readonly ScoredPair[], threshold: number): string {
  const rows = pairs.map((pair): Record<(typeof columns)[number], string | number | null | undefined> => ({
    path: pair.name,
    score: pair.cosine,
    label: pair.genuine ? 'genuine' : 'impostor',
    decision: decide(pair.cosine, threshold),
    index: pair.index,
    file_a: pair.a,
    file_b: pair.b,
    identity_a: pair.identityA,
    identity_b: pair.identityB,
    fold: pair.fold,
  }));
  return stringify(rows, { header: true, columns: [...columns] });
}

/** The pairs of a step, as `scoresTable` wrote them into its folder. */
export async function readScores(folder: string): Promise<ScoredPair[]> {
  const rows = await readTable(join(folder, 'scores.csv'), columns);
  return rows.map((row) => ({
    index: Number(row.index),
    name: row.path,
    a: row.file_a,
    b: row.file_b,
    faceA: outputPath(folder, facePath(row.file_a)),
    faceB: outputPath(folder, facePath(row.file_b)),
    genuine: row.label === 'genuine',
    identityA: row.identity_a,
    identityB: row.identity_b,
    fold: cellNumber(row.fold),
    cosine: Number(row.score),
  }));
}
