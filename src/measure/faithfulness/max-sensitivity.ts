/**
 * Max-sensitivity (Yeh et al., NeurIPS 2019): the largest relative change of a map under small changes of the input,
 * max |phi(x) - phi(x')| / |phi(x)| in the Euclidean norm. 0 where the explanation does not move.
 *
 * @param map phi(x).
 * @param perturbed phi(x') for each changed input.
 * @returns NaN where the map is zero everywhere
 */
export function maxSensitivity(map: ArrayLike<number>, perturbed: readonly ArrayLike<number>[]): number {
  let squares = 0;
  for (let i = 0; i < map.length; i++) squares += map[i] * map[i];
  if (squares === 0) return Number.NaN;
  let largest = 0;
  for (const other of perturbed) {
    if (other.length !== map.length) throw new RangeError('The maps differ in size.');
    let difference = 0;
    for (let i = 0; i < map.length; i++) difference += (map[i] - other[i]) ** 2;
    largest = Math.max(largest, difference);
  }
  return Math.sqrt(largest / squares);
}
