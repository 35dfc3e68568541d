import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attentionParity } from '../../../src/measure/bias/attention-parity.js';
import { featureAttention } from '../../../src/measure/bias/feature-attention.js';

describe('featureAttention', () => {
  // 3 x 2, from -1 to 3.
  const map = Float32Array.of(-1, 1, 3, -1, -1, 1);

  it('is the mean of the scaled map in the box', () => {
    assert.equal(featureAttention(map, 3, 2, { x: 1, y: 0, width: 2, height: 1 }), 0.75);
    assert.equal(featureAttention(map, 3, 2, { x: 0, y: 0, width: 3, height: 2 }), 2 / 6);
    assert.equal(
      featureAttention(map, 3, 2, { x: 2, y: -4, width: 9, height: 5 }),
      1,
      'cut off at the border',
    );
    assert.ok(Number.isNaN(featureAttention(map, 3, 2, { x: 7, y: 0, width: 2, height: 2 })));
  });

  it('does not change with the scale of the map', () => {
    const box = { x: 0, y: 0, width: 2, height: 2 };
    assert.equal(
      featureAttention(
        map.map((value) => 4 * value + 8),
        3,
        2,
        box,
      ),
      featureAttention(map, 3, 2, box),
    );
  });

  it('refuses a map without a scale', () => {
    const box = { x: 0, y: 0, width: 1, height: 1 };
    assert.throws(() => featureAttention(new Float32Array(6), 3, 2, box), /constant/);
    assert.throws(() => featureAttention(Float32Array.of(Number.NaN, 1), 2, 1, box), /NaN/);
    assert.throws(() => featureAttention(map, 3, 3, box), RangeError);
  });
});

describe('attentionParity', () => {
  const images = ['a', 'b', 'c'].flatMap((group, at) =>
    Array.from({ length: 12 }, (_, image) => ({
      group,
      attention: [0.5 + 0.1 * at + (image % 2 === 0 ? 0.01 : -0.01), image < 11 ? 0.25 : Number.NaN],
    })),
  );

  it('is the mean over features of the largest difference of means', () => {
    const { means, differences, parity } = attentionParity(images, ['nose', 'chin'], ['a', 'b', 'c'], {
      resamples: 200,
    });
    const near = (actual: number | null, expected: number) =>
      assert.ok(actual !== null && Math.abs(actual - expected) < 1e-12, `${actual}`);
    near(means[0][2].value, 0.7);
    near(differences[0].value, 0.2);
    near(differences[1].value, 0);
    near(parity.value, 0.1);
    assert.ok('interval' in parity && parity.interval!.low < 0.1 && parity.interval!.high > 0.1);
    assert.ok('interval' in differences[1] && differences[1].interval === undefined, 'no spread');
  });

  it('gives the reason where a feature was found too seldom', () => {
    const { means, differences, parity } = attentionParity(images, ['nose', 'chin'], ['a', 'b', 'c'], {
      leastImages: 12,
      resamples: 10,
    });
    assert.deepEqual(means[1][0], { value: null, reason: '11 images of a with chin, fewer than 12' });
    assert.equal(differences[1].value, null);
    assert.equal(parity.value, null);
    assert.ok(differences[0].value !== null);
    assert.equal(attentionParity(images.slice(0, 12), ['nose', 'chin'], ['a']).parity.value, null);
  });
});
