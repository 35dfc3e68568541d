import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pearsonCorrelation } from '../../../src/measure/agreement/pearson-correlation.js';
import {
  groupDifferences,
  groupMeans,
  type PersonValues,
} from '../../../src/measure/groups/group-statistics.js';
import { holm } from '../../../src/measure/groups/holm.js';
import { permutationTest } from '../../../src/measure/groups/permutation-test.js';
import { typicality } from '../../../src/measure/groups/typicality.js';
import { meanInterval } from '../../../src/measure/mean-interval.js';
import { RandomState } from '../../../src/tensor/random.js';

const random = new RandomState(6);
const persons: PersonValues[] = [
  'old',
  'young',
  'between',
  'young',
  'old',
  'between',
  'young',
  'old',
].flatMap((group) =>
  Array.from({ length: 4 }, () => ({
    group,
    values: [random.normal() + (group === 'old' ? 3 : 0), random.normal()],
  })),
);
const valuesOf = (group: string, quantity: number) =>
  persons.filter((person) => person.group === group).map(({ values }) => values[quantity]);

describe('groupMeans', () => {
  it('has for each group and quantity the mean and interval over its persons', () => {
    const means = groupMeans(persons, ['nose', 'mouth']);
    assert.deepEqual(
      means.map(({ group, quantity, n }) => [group, quantity, n]),
      [
        ['between', 'nose', 8],
        ['between', 'mouth', 8],
        ['old', 'nose', 12],
        ['old', 'mouth', 12],
        ['young', 'nose', 12],
        ['young', 'mouth', 12],
      ],
    );
    const { mean, interval } = meanInterval(valuesOf('old', 0));
    assert.deepEqual([means[2].mean, means[2].interval], [mean, interval]);
  });

  it('leaves out missing values and people without a group; one person has no interval', () => {
    const means = groupMeans(
      [
        { group: 'a', values: [1, NaN] },
        { group: 'a', values: [3, 5] },
        { group: undefined, values: [99, 99] },
      ],
      ['x', 'y'],
    );
    assert.deepEqual(
      means.map(({ group, mean, n, interval }) => [group, mean, n, interval === undefined]),
      [
        ['a', 2, 2, false],
        ['a', 5, 1, true],
      ],
    );
  });
});

describe('groupDifferences', () => {
  it('tests all groups together and two by two, and corrects for all of it', () => {
    const tests = groupDifferences(persons, ['nose', 'mouth'], { permutations: 999 });
    assert.deepEqual(
      tests.map(({ quantity, groups }) => `${quantity}: ${groups.join(' ')}`),
      ['nose', 'mouth'].flatMap((quantity) =>
        ['between old young', 'between old', 'between young', 'old young'].map(
          (groups) => `${quantity}: ${groups}`,
        ),
      ),
    );
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const oldYoung = tests[3];
    assert.ok(
      Math.abs(oldYoung.difference! - (sum(valuesOf('old', 0)) - sum(valuesOf('young', 0))) / 12) < 1e-12,
    );
    assert.equal(tests[0].difference, undefined);
    assert.deepEqual(oldYoung.n, [12, 12]);
    assert.equal(
      oldYoung.p,
      permutationTest([valuesOf('old', 0), valuesOf('young', 0)], { permutations: 999 })!.p,
    );
    assert.deepEqual(
      tests.map((test) => test.holm),
      holm(tests.map(({ p }) => p)),
    );
    assert.ok(tests[0].holm < 0.05 && oldYoung.holm < 0.05 && tests[4].holm > 0.05);
  });

  it('has no p where a group has one person, and nothing to compare in one group', () => {
    const few = groupDifferences(
      [...persons.filter(({ group }) => group === 'old'), { group: 'alone', values: [1, 2] }],
      ['nose'],
    );
    assert.deepEqual(
      few.map(({ p, holm, n }) => [p, holm, n]),
      [[NaN, NaN, [1, 12]]],
    );
    assert.deepEqual(groupDifferences(persons.filter(({ group }) => group === 'old'), ['nose']), []); // prettier-ignore
  });
});

describe('typicality', () => {
  const maps = Array.from({ length: 5 }, () => Float32Array.from({ length: 30 }, () => random.normal()));
  const mean = Float64Array.from(maps[0], (_, i) => maps.reduce((sum, map) => sum + map[i] / 5, 0));

  it('is the correlation with the mean of the others', () => {
    maps.forEach((map, person) => {
      const others = maps.filter((_, other) => other !== person);
      const theirs = Float64Array.from(map, (_, i) => others.reduce((sum, other) => sum + other[i] / 4, 0));
      assert.ok(Math.abs(typicality(map, mean, 5) - pearsonCorrelation(map, theirs)) < 1e-12);
    });
  });

  it('is 1 and -1 in a group of two, NaN alone and for a constant', () => {
    const [a] = maps;
    const twice = a.map((value) => 2 * value + 1);
    const opposite = a.map((value) => 3 - value);
    const meanWith = (other: Float32Array) => Float64Array.from(a, (value, i) => (value + other[i]) / 2);
    assert.ok(Math.abs(typicality(a, meanWith(twice), 2) - 1) < 1e-9);
    assert.ok(Math.abs(typicality(a, meanWith(opposite), 2) + 1) < 1e-9);
    assert.equal(typicality(a, a, 1), NaN);
    const flat = new Float32Array(30).fill(2);
    assert.equal(typicality(flat, meanWith(flat), 2), NaN);
  });
});
