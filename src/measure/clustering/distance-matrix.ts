/**
 * The distance of every item from every other: n rows of n values, 0 on the diagonal. Each pair is measured once.
 *
 * @param distance symmetric
 */
export function distanceMatrix<Item>(
  items: readonly Item[],
  distance: (one: Item, other: Item) => number,
): Float64Array[] {
  const rows = items.map(() => new Float64Array(items.length));
  items.forEach((one, i) => {
    for (let j = i + 1; j < items.length; j++) rows[i][j] = rows[j][i] = distance(one, items[j]);
  });
  return rows;
}
