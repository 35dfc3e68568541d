import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MeanTable } from '../../../src/measure/groups/mean-table.js';
import { NestedMean } from '../../../src/measure/groups/nested-mean.js';
import { RandomState } from '../../../src/tensor/random.js';

describe('NestedMean', () => {
  it('weighs persons equally, not images', () => {
    const mean = new NestedMean(2, 1);
    mean.add(['anna'], [1, 10]);
    mean.add(['anna'], [2, 20]);
    mean.add(['anna'], [3, 30]);
    mean.add(['bert'], [6, 0]);
    assert.deepEqual(mean.finish(), { mean: Float64Array.of(4, 10), counts: [2, 4] });
  });

  it('weighs every level equally, and tells the mean of each node', () => {
    const closed: [string, number][] = [];
    const mean = new NestedMean(1, 2, (path, [value]) => closed.push([path.join('/'), value]));
    for (const [path, value] of [
      ['anna/m1', 1],
      ['anna/m1', 3],
      ['anna/m2', 6],
      ['bert/m1', 10],
      ['bert/m2', 20],
      ['bert/m2', 40],
    ] as const) {
      mean.add(path.split('/'), [value]);
    }
    // anna: (2 + 6) / 2 = 4; bert: (10 + 30) / 2 = 20.
    assert.deepEqual(mean.finish(), { mean: Float64Array.of(12), counts: [2, 4, 6] });
    assert.deepEqual(closed, [
      ['anna/m1', 2],
      ['anna/m2', 6],
      ['anna', 4],
      ['bert/m1', 10],
      ['bert/m2', 30],
      ['bert', 20],
    ]);
  });

  it('is the plain mean without a path, and NaN of nothing', () => {
    const plain = new NestedMean(1, 0);
    for (const value of [1, 2, 6]) plain.add([], [value]);
    assert.deepEqual(plain.finish(), { mean: Float64Array.of(3), counts: [3] });
    const nothing = new NestedMean(1, 1).finish();
    assert.deepEqual([[...nothing.mean], nothing.counts], [[NaN], [0, 0]]);
  });

  it('adds in float64: a small value beside large ones is not lost', () => {
    const mean = new NestedMean(1, 0);
    for (let i = 0; i < 1000; i++) mean.add([], Float32Array.of(i % 2 === 0 ? 1e7 : 1e-3));
    assert.ok(Math.abs(mean.finish().mean[0] - (5e6 + 5e-4)) < 1e-7);
  });

  it('refuses what would make a wrong mean', () => {
    const mean = new NestedMean(2, 1);
    mean.add(['anna'], [1, 2]);
    mean.add(['bert'], [1, 2]);
    assert.throws(() => mean.add(['anna'], [1, 2]), /anna comes again after others/);
    assert.throws(() => mean.add(['bert'], [1]), /1 values, not 2/);
    assert.throws(() => mean.add(['bert', 'm1'], [1, 2]), /path of 1 names/);
    mean.finish();
    assert.throws(() => mean.add(['carl'], [1, 2]), /finished/);
  });
});

describe('MeanTable', () => {
  /** Persons with 1 to 4 images a model, some without one of the models, two keys of groups, one person in no group. */
  function study() {
    const random = new RandomState(2);
    return Array.from({ length: 12 }, (_, p) => `p${p}`).flatMap((person, p) =>
      ['a1', 'a2', 'b1'].flatMap((model, m) =>
        (p === 3 && m === 1) || (p === 7 && m === 2)
          ? []
          : Array.from({ length: random.integer(1, 5) }, (_, image) => ({
              keys: {
                person,
                model,
                image: `${image}`,
                family: model[0],
                sex: p === 5 ? undefined : p % 2 === 0 ? 'f' : 'm',
                band: p % 3 === 0 ? 'young' : 'old',
              },
              map: Float64Array.from({ length: 4 }, () => random.normal()),
            })),
      ),
    );
  }
  type Item = ReturnType<typeof study>[number];

  const average = (maps: readonly ArrayLike<number>[]) =>
    Float64Array.from(maps[0], (_, i) => maps.reduce((sum, map) => sum + map[i], 0) / maps.length);
  const groupBy = (items: readonly Item[], key: 'person' | 'model') =>
    [...new Set(items.map(({ keys }) => keys[key]))].map((value) =>
      items.filter(({ keys }) => keys[key] === value),
    );

  it('is in every cell the mean over persons of their means over models of their means over images', () => {
    const items = study();
    const by = [[], ['model'], ['family'], ['sex'], ['sex', 'band'], ['model', 'sex'], ['person']] as const;
    const table = new MeanTable(4, ['person', 'model'], by);
    for (const { keys, map } of items) table.add(keys, map);
    const cells = table.finish();
    assert.equal(cells.length, 1 + 3 + 2 + 2 + 4 + 6 + 12);
    for (const { of, mean, counts } of cells) {
      const own = items.filter(({ keys }) =>
        Object.entries(of).every(([key, value]) => keys[key as keyof Item['keys']] === value),
      );
      const expected = average(
        groupBy(own, 'person').map((person) =>
          average(groupBy(person, 'model').map((model) => average(model.map(({ map }) => map)))),
        ),
      );
      mean.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-12, JSON.stringify(of)));
      assert.deepEqual(
        [counts[0], counts[2]],
        [new Set(own.map(({ keys }) => keys.person)).size, own.length],
      );
    }
  });

  it('leaves a person without a group out of the groups only, and keeps the totals of all groups', () => {
    const table = new MeanTable(1, ['person'], [[], ['ethnicity']]);
    table.add({ person: 'a', ethnicity: 'African' }, [1]);
    table.add({ person: 'b', ethnicity: 'Asian' }, [2]);
    table.add({ person: 'c', ethnicity: undefined }, [9]);
    assert.deepEqual(
      table.finish().map(({ of, mean, counts }) => [of, mean[0], counts[0]]),
      [
        [{}, 4, 3],
        [{ ethnicity: 'African' }, 1, 1],
        [{ ethnicity: 'Asian' }, 2, 1],
      ],
    );
  });

  it('refuses a map without a level', () => {
    assert.throws(() => new MeanTable(1, ['person'], [[]]).add({ model: 'm' }, [1]), /no person/);
  });
});
