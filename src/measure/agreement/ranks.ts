/** The place of each value in rising order, from 0. Equal values share the mean of their places. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const ranked = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && values[order[end]] === values[order[first]]) end++;
    for (let at = first; at < end; at++) ranked[order[at]] = (first + end - 1) / 2;
    first = end;
  }
  return ranked;
}
