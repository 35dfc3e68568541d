import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { permutationTest } from '../../../src/measure/groups/permutation-test.js';
import { RandomState } from '../../../src/tensor/random.js';

const near = (value: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected}`);

describe('permutationTest', () => {
  it('agrees with scipy.stats.permutation_test over all arrangements, with the square of Welch t', () => {
    const result = permutationTest([
      [-0.803, 0.243, -1.656, 0.656, 1.143, -0.453],
      [2.276, 1.827, 0.214, -0.956, -3.881, 4.726],
    ])!;
    near(result.statistic, 0.4365123977849713, 1e-12);
    near(result.p, 0.5367965367965368, 1e-12);
    assert.deepEqual([result.arrangements, result.exact], [924, true]);
  });

  it('agrees with all 1680 arrangements of three groups, by numpy', () => {
    const groups = [
      [-0.048, 2.522, 0.826],
      [2.639, 2.171, 3.196],
      [-0.713, 3.44, -0.497],
    ];
    const result = permutationTest(groups)!;
    near(result.statistic, 5.296722501478338, 1e-11);
    near(result.p, 0.2714285714285714, 1e-12);
    assert.equal(result.arrangements, 1680);
  });

  it('agrees with 200000 random arrangements of scipy where there are too many', () => {
    const a = [
      0.186, -1.523, 2.343, -0.094, -0.385, 0.811, -0.891, 0.768, -1.171, 0.545, -1.044, -1.837, -0.594,
      -1.464, 0.553, 0.022, 0.509, 0.091, -0.354, 0.028, 1.052, -0.183, -0.762, -0.97, -0.222,
    ];
    const b = [
      -0.799, 4.461, -1.657, -1.463, 0.088, 2.0, 0.164, -1.216, -0.914, -0.002, 2.647, -1.256, 0.517, -0.526,
      1.349, 1.494, -2.23, 5.474,
    ];
    const result = permutationTest([a, b], { permutations: 40_000 })!;
    near(result.statistic, 1.4181337989386709, 1e-12);
    // Four standard errors of both.
    near(result.p, 0.24657376713116436, 0.01);
    assert.equal(result.exact, false);
    assert.equal(result.arrangements, 40_001);
    assert.deepEqual(
      permutationTest([a, b], { permutations: 999, seed: 5 }),
      permutationTest([a, b], { permutations: 999, seed: 5 }),
    );
  });

  it('does not depend on the order of the groups, on a shift or a factor', () => {
    const groups = [
      [1, 4, 2, 7],
      [3, 8, 9, 11],
      [2, 2.5, 6],
    ];
    const { p, statistic } = permutationTest(groups, { permutations: 20_000 })!;
    const other = permutationTest(
      [...groups].reverse().map((group) => group.map((value) => 1e6 - 1000 * value)),
      { permutations: 20_000 },
    )!;
    near(other.statistic, statistic, 1e-6);
    near(other.p, p, 1e-12);
  });

  it('errs as often as it says where there is no difference, also where the spreads differ', () => {
    const random = new RandomState(7);
    for (const [sizes, spreads] of [
      [
        [5, 6],
        [1, 1],
      ],
      [
        [40, 12],
        [1, 4],
      ],
      [
        [15, 40, 15],
        [3, 1, 1],
      ],
    ] as const) {
      let rejected = 0;
      const trials = 400;
      for (let trial = 0; trial < trials; trial++) {
        const groups = sizes.map((size, g) =>
          Array.from({ length: size }, () => spreads[g] * random.normal()),
        );
        if (permutationTest(groups, { seed: trial, permutations: 199 })!.p <= 0.05) rejected++;
      }
      // 5 %, with three standard errors of 400 trials. Means alone would reject one in four of the second kind.
      near(rejected / trials, 0.05, 0.033);
    }
  });

  it('finds a difference that is there', () => {
    const random = new RandomState(8);
    const groups = [0, 3].map((mean) => Array.from({ length: 20 }, () => mean + random.normal()));
    near(permutationTest(groups)!.p, 1 / 10_000, 0);
    // Four against four that do not overlap: the two extreme ones of 70 arrangements.
    near(permutationTest([[1, 2, 3, 4], [11, 12, 13, 14]])!.p, 2 / 70, 1e-12); // prettier-ignore
  });

  it('gives numbers for values without spread', () => {
    near(permutationTest([[1, 1, 1], [1, 1]])!.p, 1, 0); // prettier-ignore
    near(permutationTest([[0, 0, 0], [1, 1, 1]])!.p, 2 / 20, 1e-12); // prettier-ignore
  });

  it('gives nothing for a group of one', () => {
    assert.equal(permutationTest([[1, 2, 3], [4]]), undefined);
    assert.equal(permutationTest([[1, 2, 3]]), undefined);
  });
});
