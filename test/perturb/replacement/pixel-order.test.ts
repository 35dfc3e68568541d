import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decisionRule } from '../../../src/perturb/replacement/decision-rule.js';
import { pixelOrder } from '../../../src/perturb/replacement/pixel-order.js';
import { pixelShare } from '../../../src/perturb/replacement/pixel-share.js';
import { restorePixels } from '../../../src/perturb/replacement/restore-pixels.js';
import type { RasterImage } from '../../../src/image/raster-image.js';
import { RandomState } from '../../../src/tensor/random.js';

describe('pixelOrder', () => {
  const random = new RandomState(11);
  const map = Float32Array.from({ length: 1000 }, () => Math.round(random.normal() * 4) / 4);

  it('names every pixel once, from the lowest or from the highest value on', () => {
    for (const [rule, sign] of [
      ['lowest', 1],
      ['highest', -1],
    ] as const) {
      const order = pixelOrder(map, rule);
      assert.equal(new Set(order).size, map.length);
      for (let rank = 1; rank < order.length; rank++) {
        assert.ok(sign * (map[order[rank]] - map[order[rank - 1]]) >= 0);
      }
    }
  });

  it('orders pixels of equal value as the random control, so a constant map is the control', () => {
    const constant = new Float32Array(500).fill(0.25);
    assert.deepEqual(pixelOrder(constant, 'highest', [3, 1]), pixelOrder(constant, 'random', [3, 1]));
    assert.notDeepEqual(pixelOrder(constant, 'highest', [3, 1]), pixelOrder(constant, 'highest', [3, 2]));
  });

  it('refuses NaN', () => {
    assert.throws(() => pixelOrder(Float32Array.of(1, Number.NaN), 'lowest'), /NaN/);
  });
});

describe('pixelShare', () => {
  it('is the whole part of the share, free of the rounding of decimals', () => {
    assert.equal(pixelShare(0.29, 100), 29);
    assert.deepEqual(
      [0, 0.05, 0.25, 0.5, 0.95, 1].map((share) => pixelShare(share, 12544)),
      [0, 627, 3136, 6272, 11916, 12544],
    );
    assert.throws(() => pixelShare(1.2, 10), RangeError);
  });
});

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
