import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pixelOrder } from '../../../src/measure/map/pixel-order.js';
import { pixelShare } from '../../../src/measure/map/pixel-share.js';
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
