import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { identityBootstrap, type PairIdentities } from '../../src/measure/identity-bootstrap.js';

/** The mean of one value a pair, by weights. */
function meanOf(values: readonly number[]) {
  return (weights: Float64Array): [number] => {
    let sum = 0;
    let total = 0;
    values.forEach((value, pair) => {
      sum += weights[pair] * value;
      total += weights[pair];
    });
    return [sum / total];
  };
}

describe('identityBootstrap', () => {
  it('gives the binomial spread where every pair is of its own', () => {
    const values = Array.from({ length: 400 }, (_, pair) => (pair < 80 ? 1 : 0));
    const pairs = values.map((_, pair): PairIdentities => [`${pair}`, `${pair}`]);
    const { intervals, identities } = identityBootstrap(pairs, meanOf(values), { seed: 1 });
    const deviation = Math.sqrt((0.2 * 0.8) / 400);
    assert.equal(identities, 400);
    assert.ok(Math.abs(intervals[0]!.low - (0.2 - 1.96 * deviation)) < 0.1 * deviation * 1.96);
    assert.ok(Math.abs(intervals[0]!.high - (0.2 + 1.96 * deviation)) < 0.1 * deviation * 1.96);
  });

  it('is wider by the root of ten where persons bring ten pairs that say the same', () => {
    const values = Array.from({ length: 1000 }, (_, pair) => (Math.floor(pair / 10) % 5 === 0 ? 1 : 0));
    const clustered = values.map((_, pair): PairIdentities => [
      `p${Math.floor(pair / 10)}`,
      `p${Math.floor(pair / 10)}`,
    ]);
    const single = values.map((_, pair): PairIdentities => [`${pair}`, `${pair}`]);
    const width = (pairs: readonly PairIdentities[]): number => {
      const { low, high } = identityBootstrap(pairs, meanOf(values), { seed: 2 }).intervals[0]!;
      return high - low;
    };
    assert.ok(Math.abs(width(clustered) / width(single) / Math.sqrt(10) - 1) < 0.1);
  });

  it('counts a genuine pair as often as its person, an impostor pair as often as both together', () => {
    const pairs: PairIdentities[] = [
      ['a', 'a'],
      ['b', 'b'],
      ['a', 'b'],
      ['b', 'a'],
    ];
    identityBootstrap(
      pairs,
      ([a, b, ab, ba]) => {
        assert.equal(a + b, 2);
        assert.deepEqual([ab, ba], [a * b, a * b]);
        return [a];
      },
      { resamples: 50 },
    );
  });

  it('is the same for the same seed and another for another', () => {
    const values = Array.from({ length: 60 }, (_, pair) => Math.sin(pair));
    const pairs = values.map((_, pair): PairIdentities => [`${pair % 12}`, `${(pair * 5) % 12}`]);
    const run = (seed: number) => identityBootstrap(pairs, meanOf(values), { seed, resamples: 200 });
    assert.deepEqual(run(3), run(3));
    assert.notDeepEqual(run(3), run(4));
  });

  it('gives no interval where the resamples show no spread, and counts those without a value', () => {
    const pairs: PairIdentities[] = [
      ['a', 'a'],
      ['b', 'b'],
    ];
    const { intervals, discarded, resamples } = identityBootstrap(
      pairs,
      ([a]) => [0, a === 0 ? Number.NaN : a],
      {
        resamples: 400,
      },
    );
    assert.equal(intervals[0], undefined);
    assert.ok(intervals[1] !== undefined);
    assert.equal(discarded[0], 0);
    assert.ok(Math.abs(discarded[1] / resamples - 0.25) < 0.08);
  });

  it('refuses a single person', () => {
    assert.throws(() => identityBootstrap([['a', 'a']], () => [0]), /at least two identities; there are 1/);
  });
});
