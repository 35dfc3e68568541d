import { distance } from 'fastest-levenshtein';

/** The names that need the fewest single-character edits to become the wanted one, nearest first. */
export function nearestNames(wanted: string, names: readonly string[], count = 3): readonly string[] {
  return names
    .map((name) => ({ name, edits: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, count)
    .map(({ name }) => name);
}
