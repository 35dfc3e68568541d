import { seedGrid, type SeedGrid } from './seed-grid.js';

const iterations = 10;

/**
 * SLIC's k-means: every pixel joins the nearest of the centres whose window it lies in, and each centre moves to the mean
 * of its pixels, ten times. As `_slic_cython` of scikit-image 0.19 in float64, operation for operation. The centres
 * start without colour (black), and the windows are two steps of a grid of the seeds' number, not of the number asked for.
 *
 * @param lab L, a, b of each pixel
 * @param compactness the Lab distance that counts as much as one step in the image; above 0
 * @returns the centre of each pixel; some may have no pixel, and the pixels of one need not touch
 */
export function assignPixels(
  lab: Float64Array,
  width: number,
  height: number,
  seeds: SeedGrid,
  compactness: number,
): Int32Array {
  const pixels = width * height;
  const colour = lab.map((value) => value * (1 / compactness));
  const count = seeds.x.length * seeds.y.length;
  const centreX = Float64Array.from({ length: count }, (_, k) => seeds.x[k % seeds.x.length]);
  const centreY = Float64Array.from({ length: count }, (_, k) => seeds.y[Math.floor(k / seeds.x.length)]);
  const centreColour = new Float64Array(3 * count);
  const sizes = new Int32Array(count);
  const step = Math.max(seeds.stepX, seeds.stepY);
  const spatialWeight = 1 / (step * step);
  const window = seedGrid(width, height, count);

  const labels = new Int32Array(pixels);
  const distances = new Float64Array(pixels);
  const top = new Int32Array(count);
  const bottom = new Int32Array(count);
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let k = 0; k < count; k++) {
      top[k] = Math.max(centreY[k] - 2 * window.stepY, 0);
      bottom[k] = Math.min(centreY[k] + 2 * window.stepY + 1, height);
      left[k] = Math.max(centreX[k] - 2 * window.stepX, 0);
      right[k] = Math.min(centreX[k] + 2 * window.stepX + 1, width);
    }

    // The distance from its last centre is a bound that spares a pixel most of the others.
    for (let pixel = 0, row = 0; row < height; row++) {
      for (let column = 0; column < width; column++, pixel++) {
        const k = labels[pixel];
        if (row < top[k] || row >= bottom[k] || column < left[k] || column >= right[k]) {
          distances[pixel] = Infinity;
          continue;
        }
        const y = centreY[k] - row;
        const x = centreX[k] - column;
        const fromL = colour[3 * pixel] - centreColour[3 * k];
        const fromA = colour[3 * pixel + 1] - centreColour[3 * k + 1];
        const fromB = colour[3 * pixel + 2] - centreColour[3 * k + 2];
        distances[pixel] = (y * y + x * x) * spatialWeight + (fromL * fromL + fromA * fromA + fromB * fromB);
      }
    }

    for (let k = 0; k < count; k++) {
      const x = centreX[k];
      const y = centreY[k];
      const l = centreColour[3 * k];
      const a = centreColour[3 * k + 1];
      const b = centreColour[3 * k + 2];
      const end = right[k];
      for (let row = top[k]; row < bottom[k]; row++) {
        const squareY = (y - row) * (y - row);
        for (let column = left[k], pixel = row * width + column; column < end; column++, pixel++) {
          const bound = distances[pixel];
          const spatial = (squareY + (x - column) * (x - column)) * spatialWeight;
          if (spatial > bound) continue;
          const fromL = colour[3 * pixel] - l;
          const fromA = colour[3 * pixel + 1] - a;
          const fromB = colour[3 * pixel + 2] - b;
          const distance = spatial + (fromL * fromL + fromA * fromA + fromB * fromB);
          // Of two centres at one distance the first has the pixel.
          if (distance < bound || (distance === bound && k < labels[pixel])) {
            labels[pixel] = k;
            distances[pixel] = distance;
          }
        }
      }
    }

    sizes.fill(0);
    centreX.fill(0);
    centreY.fill(0);
    centreColour.fill(0);
    for (let pixel = 0, row = 0; row < height; row++) {
      for (let column = 0; column < width; column++, pixel++) {
        const k = labels[pixel];
        sizes[k]++;
        centreX[k] += column;
        centreY[k] += row;
        centreColour[3 * k] += colour[3 * pixel];
        centreColour[3 * k + 1] += colour[3 * pixel + 1];
        centreColour[3 * k + 2] += colour[3 * pixel + 2];
      }
    }
    for (let k = 0; k < count; k++) {
      // A centre that lost all its pixels is nowhere (NaN): its window is empty, and it gets none back.
      centreX[k] /= sizes[k];
      centreY[k] /= sizes[k];
      for (let channel = 0; channel < 3; channel++) centreColour[3 * k + channel] /= sizes[k];
    }
  }
  return labels;
}
