import { Problem } from '../../problem.js';
import { isPlainAttack } from './label-words.js';

/** Where the species of an attack is read. Plain data. */
export type SpeciesRule =
  | { readonly kind: 'column'; readonly column: string }
  /** The nearest folder whose name does not just say that it is an attack. */
  | { readonly kind: 'folder' }
  /** The first expression that is found in the species, the label or the path names the species. */
  | { readonly kind: 'patterns'; readonly patterns: readonly string[] };

/**
 * `column:NAME`, `folder`, or regular expressions with commas between them, such as `print,replay`.
 *
 * @throws Problem where an expression is none
 */
export function parseSpeciesRule(text: string): SpeciesRule {
  if (text === 'folder') return { kind: 'folder' };
  if (text.startsWith('column:')) return { kind: 'column', column: text.slice('column:'.length) };
  const patterns = text.split(',').map((pattern) => pattern.trim());
  for (const pattern of patterns) {
    try {
      new RegExp(pattern);
    } catch (error) {
      throw new Problem(
        pattern,
        `is no regular expression: ${(error as Error).message}`,
        'such as print,replay',
      );
    }
    if (pattern === '') throw new Problem(text, 'holds an empty expression', 'such as print,replay');
  }
  return { kind: 'patterns', patterns };
}

/** What is known of an attack. */
export interface AttackFacts {
  readonly path: string;
  readonly label: string | undefined;
  readonly columns: Readonly<Record<string, string>>;
}

/** Columns that name the species. */
const speciesColumns = ['attack_type', 'species', 'pai', 'pai_species', 'spoof_type'];

/**
 * The species of an attack.
 *
 * @param rule by default the column `attack_type` or `species`, else the label, else `attack`.
 * @returns undefined where the rule gives none
 */
export function speciesOf(facts: AttackFacts, rule: SpeciesRule | undefined): string | undefined {
  const { path, label, columns } = facts;
  const named = speciesColumns.map((name) => columnOf(columns, name)).find((value) => value !== undefined);
  switch (rule?.kind) {
    case 'column':
      return columnOf(columns, rule.column);
    case 'folder':
      return path
        .split('/')
        .slice(0, -1)
        .reverse()
        .find((folder) => folder !== '' && !isPlainAttack(folder));
    case 'patterns':
      return rule.patterns.find((pattern) =>
        [named, label, path].some((text) => text !== undefined && new RegExp(pattern).test(text)),
      );
    case undefined:
      return named ?? (label === undefined || isPlainAttack(label) ? 'attack' : label);
  }
}

function columnOf(columns: Readonly<Record<string, string>>, name: string): string | undefined {
  const found = Object.keys(columns).find((column) => column.toLowerCase() === name.toLowerCase());
  return found === undefined || columns[found] === '' ? undefined : columns[found];
}
