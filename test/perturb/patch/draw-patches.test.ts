import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawPatches } from '../../../src/perturb/patch/draw-patches.js';
import { patchMask } from '../../../src/perturb/patch/patch-mask.js';
import { Problem } from '../../../src/problem.js';
import { RandomState } from '../../../src/tensor/random.js';

const crop = { width: 112, height: 112 };

describe('drawPatches', () => {
  it('finds a place for every patch inside the image, the last row and column among them', () => {
    const random = new RandomState(1);
    const patches = drawPatches(random, { width: 20, height: 18 }, { count: 2000, size: 16 });
    assert.equal(patches.length, 2000);
    assert.ok(patches.every(({ width, height }) => width === 16 && height === 16));
    const most = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
    assert.deepEqual(most(patches.map(({ x }) => x)), [0, 4]);
    assert.deepEqual(most(patches.map(({ y }) => y)), [0, 2]);
  });

  it('covers some 40 % of a crop: 40.6 % expected over many draws', () => {
    const random = new RandomState(7);
    let covered = 0;
    for (let draw = 0; draw < 400; draw++) {
      const mask = patchMask(drawPatches(random, crop, { compat: 'upstream' }), 112, 112);
      covered += mask.reduce((sum, inside) => sum + inside, 0) / mask.length / 400;
    }
    assert.ok(Math.abs(covered - 0.406) < 0.004, `${covered}`);
  });

  it('fills an image of its own size', () => {
    assert.deepEqual(drawPatches(new RandomState(1), { width: 8, height: 8 }, { count: 1, size: 8 }), [
      { x: 0, y: 0, width: 8, height: 8 },
    ]);
  });

  it('refuses a patch that is larger than the image', () => {
    assert.throws(
      () => drawPatches(new RandomState(1), { width: 112, height: 96 }, { size: 100 }),
      (error) =>
        error instanceof Problem &&
        error.message ===
          'patch of 100x100: does not fit into an image of 112x96 (choose a patch size of at most 96)',
    );
  });

  it("refuses upstream's rule for an image that is not square", () => {
    assert.throws(
      () => drawPatches(new RandomState(1), { width: 112, height: 96 }, { compat: 'upstream' }),
      Problem,
    );
  });
});
