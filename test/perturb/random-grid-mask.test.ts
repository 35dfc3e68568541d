import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadOpenCv } from '../../src/image/opencv.js';
import { resizeMap } from '../../src/image/resize.js';
import { randomGridMask } from '../../src/perturb/random-grid-mask.js';
import { RandomState } from '../../src/tensor/random.js';

const cv = await loadOpenCv();

describe('random grid masks', () => {
  it('are the grid enlarged bilinearly and cut out at the shift, to 1e-6', () => {
    for (const [width, height, cells] of [
      [30, 20, 4],
      [17, 23, 7],
      [8, 8, 8],
    ]) {
      const masks = randomGridMask(width, height, { cells });
      const random = new RandomState(width);
      const mask = new Float32Array(width * height);
      for (let i = 0; i < 5; i++) {
        const grid = masks.draw(random);
        const [cellWidth, cellHeight] = [Math.ceil(width / cells), Math.ceil(height / cells)];
        assert.ok(grid.x >= 0 && grid.x < cellWidth && grid.y >= 0 && grid.y < cellHeight);
        const enlarged = resizeMap(
          cv,
          { data: Float32Array.from(grid.values), shape: [cells, cells] },
          (cells + 1) * cellWidth,
          (cells + 1) * cellHeight,
        );
        masks.write(grid, mask);
        mask.forEach((value, at) => {
          const [x, y] = [grid.x + (at % width), grid.y + Math.floor(at / width)];
          assert.ok(Math.abs(value - enlarged.data[y * (cells + 1) * cellWidth + x]) < 1e-6);
        });
      }
    }
  });

  it('show each pixel to the same share on average', () => {
    const [width, height] = [14, 14];
    const masks = randomGridMask(width, height, { shown: 0.3 });
    const random = new RandomState(0);
    const mean = new Float64Array(width * height);
    const mask = new Float32Array(width * height);
    const count = 4000;
    for (let i = 0; i < count; i++) {
      masks.write(masks.draw(random), mask);
      mask.forEach((value, at) => (mean[at] += value / count));
    }
    // A value in 0..1 spreads by no more than sqrt(0.3 x 0.7); five standard errors.
    for (const value of mean) assert.ok(Math.abs(value - 0.3) < 5 * Math.sqrt(0.21 / count), `${value}`);
  });
});
