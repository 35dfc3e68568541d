import { ageBand } from './age-band.js';

/** Names of one and the same column. */
const synonyms = [
  ['sex', 'gender'],
  ['ethnicity', 'race'],
];

/** The column of a key among those that there are: by its name, else by another name of the same. */
export function columnOf(key: string, columns: readonly string[]): string | undefined {
  return [key, ...(synonyms.find((names) => names.includes(key.toLowerCase())) ?? [])]
    .map((name) => columns.find((column) => column.toLowerCase() === name.toLowerCase()))
    .find((column) => column !== undefined);
}

/** The group that a label of a column stands for: ages are grouped by decades; anything else is its own group. */
export function groupOf(label: string | undefined, column: string): string | undefined {
  return label !== undefined && column.toLowerCase() === 'age' ? (ageBand(label) ?? label) : label;
}
