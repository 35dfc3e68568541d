import { warpMask } from './spatial-transform.js';

/**
 * A mask bent by a grid of displacements that lies over the whole image, corner on corner: the pixel at p shows what was
 * at p + d(p), where d is the cubic spline through the controls, mirrored at the border (elasticdeform's `deform_grid`).
 *
 * @param controls along each axis, at least 2
 * @param displacements in pixels: those along x of every control, row by row, then those along y
 */
export function elasticDeformation(
  mask: Float32Array,
  size: { readonly width: number; readonly height: number },
  controls: number,
  displacements: Float64Array,
): Float32Array {
  const count = controls ** 2;
  const alongX = splineCoefficients(displacements.subarray(0, count), controls);
  const alongY = splineCoefficients(displacements.subarray(count), controls);
  const columns = Array.from({ length: size.width }, (_, x) => splineWeights(x, size.width, controls));
  const rows = Array.from({ length: size.height }, (_, y) => splineWeights(y, size.height, controls));
  const value = (coefficients: Float64Array, x: number, y: number) => {
    let sum = 0;
    for (const [row, weightY] of rows[y]) {
      for (const [column, weightX] of columns[x])
        sum += weightY * weightX * coefficients[row * controls + column];
    }
    return sum;
  };
  return warpMask(mask, size, (x, y) => [x + value(alongX, x, y), y + value(alongY, x, y)]);
}

type Weights = readonly (readonly [control: number, weight: number])[];

/** The cubic B-spline at a pixel of an axis: up to four controls and their weights. */
function splineWeights(pixel: number, length: number, controls: number): Weights {
  const place = length === 1 ? 0 : (pixel * (controls - 1)) / (length - 1);
  const first = Math.min(Math.floor(place), controls - 2);
  const t = place - first;
  const weights = [(1 - t) ** 3, 3 * t ** 3 - 6 * t ** 2 + 4, -3 * t ** 3 + 3 * t ** 2 + 3 * t + 1, t ** 3];
  return weights.map((weight, at) => [mirrored(first - 1 + at, controls), weight / 6]);
}

function mirrored(index: number, controls: number): number {
  const inside = Math.abs(index);
  return inside < controls ? inside : 2 * (controls - 1) - inside;
}

/** The coefficients of the spline that goes through the values of a grid, along both axes. */
function splineCoefficients(values: Float64Array, controls: number): Float64Array {
  const coefficients = values.slice();
  const filter = (start: number, step: number) => {
    const line = Array.from({ length: controls }, (_, at) => coefficients[start + at * step]);
    solveLine(line).forEach((value, at) => (coefficients[start + at * step] = value));
  };
  for (let at = 0; at < controls; at++) filter(at * controls, 1);
  for (let at = 0; at < controls; at++) filter(at, controls);
  return coefficients;
}

/** Solves (c[i - 1] + 4 c[i] + c[i + 1]) / 6 = value[i] with mirrored ends, by elimination. */
function solveLine(values: readonly number[]): number[] {
  const last = values.length - 1;
  const upper: number[] = [];
  const right: number[] = [];
  values.forEach((value, at) => {
    const [below, above] = [at === last ? 2 : 1, at === 0 ? 2 : 1];
    const pivot = at === 0 ? 4 : 4 - below * upper[at - 1];
    upper.push(above / pivot);
    right.push((6 * value - (at === 0 ? 0 : below * right[at - 1])) / pivot);
  });
  for (let at = last - 1; at >= 0; at--) right[at] -= upper[at] * right[at + 1];
  return right;
}
