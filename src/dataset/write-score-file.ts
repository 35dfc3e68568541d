import { Problem } from '../problem.js';
import { writeFileAtomic } from './write-file-atomic.js';

/** A row to write: the score, an optional label and further columns by name. */
export interface ScoreOutputRow {
  readonly path: string;
  readonly score: number;
  readonly label?: string | undefined;
  readonly extra?: Readonly<Record<string, string | number>>;
}

/**
 * Writes a score file that `readScoreFile` reads back: header `path,score[,label][,...]`, fields quoted where
 * they must be, scores in the shortest form that gives the same number again. The columns are those of the
 * first row.
 *
 * @throws RangeError where a score is not a finite number
 * @throws Problem where a path holds a line break, or the file cannot be written
 */
export async function writeScoreFile(file: string, rows: Iterable<ScoreOutputRow>): Promise<void> {
  const lines: string[] = [];
  let extraNames: readonly string[] = [];
  let labelled = false;
  for (const { path, score, label, extra = {} } of rows) {
    if (!Number.isFinite(score)) throw new RangeError(`The score of ${path} is ${score}.`);
    if (/[\r\n]/.test(path)) {
      throw new Problem(JSON.stringify(path), 'has a line break in its name', 'rename it');
    }
    if (lines.length === 0) {
      extraNames = Object.keys(extra);
      labelled = label !== undefined;
      lines.push(['path', 'score', ...(labelled ? ['label'] : []), ...extraNames].map(quoted).join(','));
    }
    const rest = extraNames.map((name) => String(extra[name] ?? ''));
    lines.push([path, String(score), ...(labelled ? [label ?? ''] : []), ...rest].map(quoted).join(','));
  }
  if (lines.length === 0) lines.push('path,score');
  await writeFileAtomic(file, lines.join('\n') + '\n');
}

const quoted = (field: string): string =>
  /[",;\t\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
