import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { upstreamRegionBounds } from '../../../src/face/upstream-regions.js';
import type { Point } from '../../../src/image/geometry.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { upstreamLayers } from '../../../src/study/heatmaps/upstream-layers.js';

/** Every point at (10, 10) but for the subject's left eye (42-47), a box from (21, 1) to (29, 8). */
const landmarks = Array.from({ length: 68 }, (_, at): Point => {
  if (at === 42) return [21, 1];
  if (at === 45) return [29, 8];
  return at > 42 && at < 48 ? [25, 4] : [10, 10];
});
const image = { width: 40, height: 20 };
/** One row of two cells, the first without a score: 0 upstream. */
const scores = {
  regular: 0.5,
  cells: [{ row: 0, column: 1, value: 0.9 }],
  regions: [{ name: 'left_eye', value: 0.3 }],
};

describe('upstreamRegionBounds', () => {
  it('takes the landmarks as they are', () => {
    assert.deepEqual(upstreamRegionBounds('left_eye', landmarks), { x: 21, y: 1, width: 8, height: 7 });
    assert.deepEqual(upstreamRegionBounds('eyes', landmarks), { x: 10, y: 1, width: 19, height: 9 });
    assert.equal(upstreamRegionBounds('ear', landmarks), undefined);
  });
});

describe('upstreamLayers', () => {
  it('halves the cells, rounds a region to them, and mixes before it takes the difference', async () => {
    const cv = await loadOpenCv();
    const { map, figures, regions, shape } = upstreamLayers(cv, image, scores, landmarks, 'diff');
    assert.deepEqual(shape, { rows: 1, columns: 2 });
    // Cells of 10 x 10: the eye touches the third of the upper row.
    const upper = [0.5, 0.5, Math.abs((0.9 + 0.3) / 2 - 0.5), 0.4];
    const lower = [0.5, 0.5, 0.4, 0.4];
    map.forEach((value, at) => {
      const row = at < 400 ? upper : lower;
      const expected = row[Math.floor((at % 40) / 10)];
      assert.ok(Math.abs(value - expected) < 1e-7, `pixel ${at}: ${value}, not ${expected}`);
    });
    const drawn = Array.from(figures.landmarks!.drawn);
    assert.deepEqual(
      drawn.map((value) => !Number.isNaN(value)),
      [false, false, true, false, false, false, false, false],
    );
    assert.ok(Math.abs(drawn[2] - 0.2) < 1e-12);
    assert.deepEqual(regions[0].footprint, {
      shape: 'boxes',
      boxes: [{ x: 20, y: 0, width: 10, height: 10 }],
    });
  });

  it('uses 8 x 8 cells where there is no grid, and does not see a score of 0', async () => {
    const cv = await loadOpenCv();
    const layers = upstreamLayers(
      cv,
      image,
      { ...scores, cells: [], regions: [{ name: 'left_eye', value: 0 }] },
      landmarks,
      'occluded',
    );
    assert.equal(layers.shape, null);
    assert.equal(layers.figures.grid, undefined);
    assert.equal(layers.figures.landmarks!.drawn.length, 64);
    assert.ok(Array.from(layers.figures.landmarks!.drawn).every(Number.isNaN));
  });
});
