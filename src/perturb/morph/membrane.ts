/** The largest change of a sweep, in levels, at which the solution stands still. */
const tolerance = 1e-3;

const mostSweeps = 5000;

/**
 * A map whose values inside a mask are those of a membrane that is held along the edge of the mask: each is the mean of
 * its four neighbours (the discrete Laplace equation, by successive over-relaxation). Outside the mask they stay.
 *
 * @param free 1 where the membrane is free, 0 where it is held; pixels on the border of the map are always held
 */
export function membrane(
  values: Float32Array,
  free: Uint8Array,
  width: number,
  height: number,
): Float32Array {
  const result = Float64Array.from(values);
  const inside: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) if (free[y * width + x] === 1) inside.push(y * width + x);
  }
  // The best factor for a square of as many pixels (Young 1954); near it for any shape without long arms.
  const relaxation = 2 / (1 + Math.sin(Math.PI / (Math.sqrt(inside.length) + 1)));
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let largest = 0;
    for (const at of inside) {
      const mean = (result[at - 1] + result[at + 1] + result[at - width] + result[at + width]) / 4;
      const change = relaxation * (mean - result[at]);
      result[at] += change;
      largest = Math.max(largest, Math.abs(change));
    }
    if (largest < tolerance) break;
  }
  return Float32Array.from(result);
}
