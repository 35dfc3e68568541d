import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RasterImage } from '../../../src/image/raster-image.js';
import { decisionRule } from '../../../src/perturb/replacement/decision-rule.js';
import { restorePixels } from '../../../src/perturb/replacement/restore-pixels.js';

describe('restorePixels', () => {
  const filled = (sample: number): RasterImage => ({
    width: 3,
    height: 2,
    channels: 3,
    data: new Uint8Array(18).fill(sample),
  });

  it('puts back all channels of the given pixels and changes neither image', () => {
    const patched = filled(9);
    const restored = restorePixels(patched, filled(1), Int32Array.of(0, 4));
    assert.deepEqual([...restored.data], [1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 1, 9, 9, 9]);
    assert.ok(patched.data.every((sample) => sample === 9));
  });

  it('refuses an original of another size', () => {
    assert.throws(
      () => restorePixels(filled(1), { ...filled(2), width: 2, height: 3 }, new Int32Array()),
      RangeError,
    );
  });
});

describe('decisionRule', () => {
  it('puts the lowest back for a non-match, the highest for a match; on the threshold is a match', () => {
    assert.equal(decisionRule('best_worst', 0.29, 0.3), 'lowest');
    assert.equal(decisionRule('best_worst', 0.3, 0.3), 'highest');
    assert.equal(decisionRule('random', 0.1, 0.3), 'random');
  });
});
