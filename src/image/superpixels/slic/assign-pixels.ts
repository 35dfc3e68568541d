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
  for (let iteration = 0; iteration < iterations; iteration++) {
    distances.fill(Infinity);
    for (let k = 0; k < count; k++) {
      const x = centreX[k];
      const y = centreY[k];
      const l = centreColour[3 * k];
      const a = centreColour[3 * k + 1];
      const b = centreColour[3 * k + 2];
      // The window of a centre that has no pixel, and so no place (NaN), is empty.
      const top = Math.trunc(Math.max(y - 2 * window.stepY, 0));
      const bottom = Math.trunc(Math.min(y + 2 * window.stepY + 1, height));
      const left = Math.trunc(Math.max(x - 2 * window.stepX, 0));
      const right = Math.trunc(Math.min(x + 2 * window.stepX + 1, width));
      for (let row = top; row < bottom; row++) {
        const squareY = (y - row) * (y - row);
        for (let column = left; column < right; column++) {
          const pixel = row * width + column;
          const spatial = (squareY + (x - column) * (x - column)) * spatialWeight;
          // The colour can only add to it.
          if (spatial >= distances[pixel]) continue;
          const fromL = colour[3 * pixel] - l;
          const fromA = colour[3 * pixel + 1] - a;
          const fromB = colour[3 * pixel + 2] - b;
          const distance = spatial + (fromL * fromL + fromA * fromA + fromB * fromB);
          if (distance < distances[pixel]) {
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
      centreX[k] /= sizes[k];
      centreY[k] /= sizes[k];
      for (let channel = 0; channel < 3; channel++) centreColour[3 * k + channel] /= sizes[k];
    }
  }
  return labels;
}
