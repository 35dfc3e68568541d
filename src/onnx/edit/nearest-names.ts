/** The names that need the fewest single-character edits to become the wanted one (Levenshtein), nearest first. */
export function nearestNames(wanted: string, names: readonly string[], count = 3): readonly string[] {
  const distances = names.map((name) => ({
    name,
    distance: editDistance(wanted.toLowerCase(), name.toLowerCase()),
  }));
  return distances
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    previous = row;
  }
  return previous[b.length];
}
