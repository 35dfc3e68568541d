import type { Loss } from '../../../jobs/run/run-record.js';
import { Problem } from '../../../problem.js';
import type { EvaluateRequest } from '../evaluate-request.js';
import type { GroupedDecision } from '../fairness-rows.js';
import { column, type ScoredRow, scoredRows } from '../scored-rows.js';

export interface ClassifiedImages {
  readonly decisions: readonly (GroupedDecision & { readonly path: string })[];
  /** In the order of the columns. */
  readonly classes: readonly string[];
  readonly losses: readonly Loss[];
  readonly notes: readonly string[];
}

/**
 * The images of a score file with the class that they have and the class that they got: the column with the highest score,
 * as `score` writes one a class; the first of equals.
 *
 * @throws Problem where a file cannot be read, or its columns of classes are not clear
 */
export async function readClassifiedImages(
  file: string,
  request: EvaluateRequest,
): Promise<ClassifiedImages> {
  const { rows, losses, notes } = await scoredRows(file, request, request.classes ?? []);
  const classes = request.classes ?? classColumns(file, rows);
  const lost = [...losses];
  const decisions = rows.flatMap(({ path, label, own, person, groups }) => {
    const lose = (reason: string) => {
      lost.push({ item: path, reason });
      return [];
    };
    if (label === undefined) return lose('has no label');
    const actual = classes.find((name) => name.toLowerCase() === label.toLowerCase());
    if (actual === undefined) return lose(`its label ${label} is none of the classes ${classes.join(', ')}`);
    const scores = classes.map((name) => Number(column(own, name) ?? Number.NaN));
    const missing = scores.findIndex(Number.isNaN);
    if (missing !== -1) return lose(`has no score for the class ${classes[missing]}`);
    return [{ path, actual, predicted: classes[scores.indexOf(Math.max(...scores))], person, groups }];
  });
  if (decisions.length === 0) {
    const first = lost.at(0);
    throw new Problem(
      file,
      `has no image with a label and scores of all classes${first === undefined ? '' : `; the first: ${first.item} ${first.reason}`}`,
      'name the labels with --labels and --label-column',
    );
  }
  return { decisions, classes, losses: lost, notes };
}

/** The columns of numbers that add up to 1: the probabilities of the classes. */
function classColumns(file: string, rows: readonly ScoredRow[]): string[] {
  const [first] = rows;
  const numeric = Object.keys(first.own).filter((name) =>
    rows.every(({ own }) => own[name] !== '' && Number.isFinite(Number(own[name]))),
  );
  const addUp = rows.every(({ own }) => {
    const sum = numeric.reduce((total, name) => total + Number(own[name]), 0);
    return Math.abs(sum - 1) < 1e-3;
  });
  if (numeric.length >= 2 && addUp) return numeric;
  throw new Problem(
    file,
    'does not tell which of its columns are the scores of the classes',
    'name them, such as --classes female,male',
  );
}
