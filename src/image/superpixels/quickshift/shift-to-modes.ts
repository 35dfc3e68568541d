import { Generator } from '../../../tensor/generator.js';
import type { Segmentation } from '../segmentation.js';

/** The standard deviation of the noise on the densities, so that no two are equal. */
const tieBreak = 0.00001;

/**
 * Quick shift on colour and place: the density of a pixel is the sum of Gaussians of its distances to the pixels of its
 * window, each pixel hangs on the nearest one of higher density, and what hangs together is a segment. As
 * `_quickshift_cython` of scikit-image 0.19 in float64, sums in the same order.
 *
 * @param colour three values of each pixel, already weighed against pixels
 * @param kernelSize standard deviation of the Gaussian; the window reaches three of it to each side
 * @param maxDistance links that are longer are cut
 */
export function shiftToModes(
  colour: Float64Array,
  width: number,
  height: number,
  options: { readonly kernelSize: number; readonly maxDistance: number; readonly seed: number },
): Segmentation {
  const reach = Math.ceil(3 * options.kernelSize);
  const densities = pixelDensities(colour, width, height, reach, options);
  const parents = nearestDenser(colour, width, height, reach, densities, options.maxDistance);
  return labelTrees(parents, width, height);
}

function pixelDensities(
  colour: Float64Array,
  width: number,
  height: number,
  reach: number,
  { kernelSize, seed }: { readonly kernelSize: number; readonly seed: number },
): Float64Array {
  const random = new Generator(seed);
  const densities = Float64Array.from({ length: width * height }, () => tieBreak * random.normal());
  const factor = -0.5 / (kernelSize * kernelSize);
  for (let row = 0, pixel = 0; row < height; row++) {
    const bottom = Math.min(row + reach + 1, height);
    for (let column = 0; column < width; column++, pixel++) {
      const left = Math.max(column - reach, 0);
      const right = Math.min(column + reach + 1, width);
      // Each pair once: what came before has been added, and what comes after is added here to both.
      let density = densities[pixel] + 1;
      for (let otherRow = row; otherRow < bottom; otherRow++) {
        const squareY = (row - otherRow) * (row - otherRow);
        const start = otherRow === row ? column + 1 : left;
        for (let otherColumn = start; otherColumn < right; otherColumn++) {
          const other = otherRow * width + otherColumn;
          const shared = Math.exp(
            (squaredDifference(colour, pixel, other) +
              squareY +
              (column - otherColumn) * (column - otherColumn)) *
              factor,
          );
          density += shared;
          densities[other] += shared;
        }
      }
      densities[pixel] = density;
    }
  }
  return densities;
}

/** For each pixel the nearest pixel of higher density in its window, the first one of equals; else itself. */
function nearestDenser(
  colour: Float64Array,
  width: number,
  height: number,
  reach: number,
  densities: Float64Array,
  maxDistance: number,
): Int32Array {
  const parents = new Int32Array(width * height);
  for (let row = 0, pixel = 0; row < height; row++) {
    const top = Math.max(row - reach, 0);
    const bottom = Math.min(row + reach + 1, height);
    for (let column = 0; column < width; column++, pixel++) {
      const left = Math.max(column - reach, 0);
      const right = Math.min(column + reach + 1, width);
      const density = densities[pixel];
      let parent = pixel;
      let closest = Infinity;
      for (let otherRow = top; otherRow < bottom; otherRow++) {
        const squareY = (row - otherRow) * (row - otherRow);
        for (let otherColumn = left; otherColumn < right; otherColumn++) {
          const other = otherRow * width + otherColumn;
          if (densities[other] <= density) continue;
          const square =
            squaredDifference(colour, pixel, other) +
            squareY +
            (column - otherColumn) * (column - otherColumn);
          if (square < closest) {
            closest = square;
            parent = other;
          }
        }
      }
      parents[pixel] = Math.sqrt(closest) > maxDistance ? pixel : parent;
    }
  }
  return parents;
}

/** Numbers the trees in the order of their roots. */
function labelTrees(parents: Int32Array, width: number, height: number): Segmentation {
  const labels = new Int32Array(parents.length);
  let count = 0;
  parents.forEach((parent, pixel) => {
    if (parent === pixel) labels[pixel] = count++;
  });
  parents.forEach((parent, pixel) => {
    let root = parent;
    while (parents[root] !== root) root = parents[root];
    // The next pixel that passes here finds the root at once.
    parents[pixel] = root;
  });
  for (let pixel = 0; pixel < labels.length; pixel++) labels[pixel] = labels[parents[pixel]];
  return { width, height, labels, count };
}

function squaredDifference(colour: Float64Array, one: number, other: number): number {
  const first = colour[3 * one] - colour[3 * other];
  const second = colour[3 * one + 1] - colour[3 * other + 1];
  const third = colour[3 * one + 2] - colour[3 * other + 2];
  return first * first + second * second + third * third;
}
