import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rankRegions } from '../../src/measure/rank-regions.js';

const image = (effects: Record<string, number>, subject?: string) => ({
  subject,
  effects: new Map(Object.entries(effects)),
});

describe('rankRegions', () => {
  it('ranks by how much a region matters, not by which way: effects of opposite sign do not cancel', () => {
    const ranked = rankRegions([
      image({ mouth: 0.5, nose: 0.2, left_eye: 0 }),
      image({ mouth: -0.5, nose: 0.2, left_eye: 0.1 }),
      image({ mouth: 0.5, nose: 0.2, left_eye: 0 }),
      image({ mouth: -0.5, nose: 0.2 }),
    ]);
    assert.deepEqual(
      ranked.map(({ region, n }) => [region, n]),
      [
        ['mouth', 4],
        ['nose', 4],
        ['left_eye', 3],
      ],
    );
    const [mouth, nose, eye] = ranked;
    assert.equal(mouth.effect.mean, 0);
    assert.equal(mouth.absoluteEffect.mean, 0.5);
    assert.deepEqual(mouth.absoluteEffect.interval, { low: 0.5, high: 0.5, level: 0.95 });
    assert(mouth.effect.interval!.low < 0 && mouth.effect.interval!.high > 0);
    assert(Math.abs(nose.effect.mean - 0.2) < 1e-12);
    assert(Math.abs(eye.effect.mean - 0.1 / 3) < 1e-12);
    assert.equal(mouth.largest.images, 4);
    assert.equal(mouth.largest.share, 1);
    assert(Math.abs(mouth.largest.interval.low - 0.025 ** (1 / 4)) < 1e-9);
    assert.equal(nose.largest.images, 0);
  });

  it('counts every region of a tie as the largest and breaks a tied rank by name', () => {
    const ranked = rankRegions([image({ nose: 0.3, mouth: -0.3 }), image({ nose: 0.1, mouth: 0.1 })]);
    assert.deepEqual(
      ranked.map(({ region, largest }) => [region, largest.images]),
      [
        ['mouth', 2],
        ['nose', 2],
      ],
    );
  });

  it('takes the subjects as the sample where they are known', () => {
    const effects = [0.1, 0.2, 0.3, 0.4].map((nose) => ({ nose }));
    const [alone] = rankRegions(effects.map((each) => image(each)));
    const [paired] = rankRegions(effects.map((each, i) => image(each, i < 2 ? 'ann' : 'bob')));
    assert.equal(alone.subjects, 4);
    assert.equal(paired.subjects, 2);
    assert.equal(paired.n, 4);
    assert(paired.largest.interval.low < alone.largest.interval.low);
    assert.throws(() => rankRegions([image({ nose: 1 }, 'ann'), image({ nose: 1 })]), RangeError);
  });

  it('gives one image its values without an interval of the mean', () => {
    const [only] = rankRegions([image({ nose: 0.3 })]);
    assert.equal(only.n, 1);
    assert.equal(only.effect.interval, undefined);
  });

  it('ranks nothing where there is nothing', () => {
    assert.deepEqual(rankRegions([]), []);
  });
});
