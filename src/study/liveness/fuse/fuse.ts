import { readLabelTable, type Labels } from '../../../dataset/labels/label-table.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import {
  fitLogisticFusion,
  type FittedFusion,
  type LabelledScores,
} from '../../../measure/fusion/fit-logistic-fusion.js';
import { Problem } from '../../../problem.js';

export interface FuseOptions {
  /** A CSV with the column path and one for each member's P(attack). */
  readonly scores: string;
  /** The columns to be fused. */
  readonly member: readonly string[];
  /** A CSV with the columns path and label; the column of the scores themselves where left out. */
  readonly labels?: string | undefined;
  /** The label that means bona fide; upper and lower case, blanks, `-` and `_` do not matter. */
  readonly bonaFide: string;
  readonly output: string;
  readonly ridge: number;
}

/** Learns a logistic fusion from scores whose truth is known, and writes it as JSON. */
export async function fuse(options: FuseOptions): Promise<FittedFusion> {
  const { scores, member, labels, bonaFide, output, ridge } = options;
  const table = await readLabelTable(scores);
  const missing = member.filter((name) => !table.columns.includes(name));
  if (missing.length > 0) {
    throw new Problem(
      scores,
      `has no column ${missing.join(', ')}; its columns are: ${table.columns.join(', ')}`,
      'name the networks as the columns are called',
    );
  }
  const truth = labels === undefined ? table : await readLabelTable(labels);
  const source = labels ?? scores;
  if (!truth.columns.includes('label')) {
    throw new Problem(source, 'has no column label', 'give the truth with --labels, a CSV with path,label');
  }
  const found = new Set<string>();
  const presentations = table.rows.map(({ key, labels: row, line }): LabelledScores => {
    const label = truth.byKey.get(key)?.label;
    if (label === undefined) throw new Problem(source, `has no label for ${key}`, 'add one, or leave it out');
    found.add(label);
    return {
      attack: plain(label) !== plain(bonaFide),
      scores: Object.fromEntries(
        member.map((name) => [name, probability(`${scores} line ${line}`, name, row)]),
      ),
    };
  });
  if (![...found].some((label) => plain(label) === plain(bonaFide))) {
    throw new Problem(
      source,
      `no label is "${bonaFide}"; there are ${[...found].sort().join(', ')}`,
      'name the one that means bona fide with --bona-fide',
    );
  }
  const fit = fitLogisticFusion(presentations, member, { ridge });
  await writeFileAtomic(output, `${JSON.stringify(fit, null, 2)}\n`);
  return fit;
}

function probability(where: string, name: string, row: Labels): number {
  const text = row[name] as string | undefined;
  const value = Number(text);
  if (text === undefined || !(value >= 0 && value <= 1)) {
    throw new Problem(where, `its ${name} is no probability: ${text ?? 'empty'}`, 'P(attack) is from 0 to 1');
  }
  return value;
}

const plain = (label: string): string => label.toLowerCase().replaceAll(/[\s_-]/g, '');
