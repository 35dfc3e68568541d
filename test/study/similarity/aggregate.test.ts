import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { faceRegions } from '../../../src/face/regions.js';
import type { RunEvent } from '../../../src/jobs/events.js';
import { groupMeans } from '../../../src/measure/groups/group-statistics.js';
import { holm } from '../../../src/measure/groups/holm.js';
import { typicality } from '../../../src/measure/groups/typicality.js';
import { aggregate } from '../../../src/study/similarity/aggregate/aggregate.js';
import { readMeans } from '../../../src/study/similarity/aggregate/means-table.js';
import { readPeopleTable } from '../../../src/study/similarity/aggregate/people-table.js';
import { readShares } from '../../../src/study/similarity/aggregate/shares-table.js';
import { readTests } from '../../../src/study/similarity/aggregate/tests-table.js';
import { listenToNothing, Workspace } from '../heatmaps/workspace.js';
import { mapSize, syntheticMap, syntheticShare, writeExplained } from './synthetic-study.js';

const models = ['one', 'two', 'three'];
/** Person a has three images, b one, the others two; the last one of c has no landmarks. */
const images = ['a/1.png', 'a/2.png', 'a/3.png', 'b/1.png', 'c/1.png', 'c/2.png', 'd/1.png', 'd/2.png'];
const withoutLandmarks = ['c/2.png'];
const withMaps = images.filter((image) => !withoutLandmarks.includes(image));
const sexOf: Record<string, string> = { a: 'female', b: 'male', c: 'female', d: 'male' };
const groupsCsv =
  'identity,sex,club\na,female,x\nb,male,x\nc,female,y\nd,male,y\nd,male,x\nnobody,female,z\n';
const options = { groupBy: ['sex', 'club'], family: ['one=old', 'two=old', 'three=new'] };

const space = new Workspace();
let study: string;
let groups: string;
const notes: string[] = [];

before(async () => {
  study = await writeExplained(space, 'study', { images, models, withoutLandmarks });
  groups = space.write('groups.csv', groupsCsv);
  const listen = (event: RunEvent) => {
    if (event.type === 'note') notes.push(event.message);
  };
  await aggregate({ output: study, groups, ...options, workers: 1 }, { ...listenToNothing, listen });
});
after(() => space.remove());

/** The mean over persons of the mean over models of the mean over images, in float64. */
function expected(people: readonly string[], of: readonly string[]): Float64Array {
  const meanOf = (maps: readonly ArrayLike<number>[]) =>
    Float64Array.from(
      { length: mapSize },
      (_, at) => maps.reduce((sum, map) => sum + map[at], 0) / maps.length,
    );
  return meanOf(
    people.map((person) =>
      meanOf(
        of.map((model) =>
          meanOf(
            withMaps
              .filter((image) => image.startsWith(`${person}/`))
              .map((image) => syntheticMap(model, image)),
          ),
        ),
      ),
    ),
  );
}

function assertMap(path: string, people: readonly string[], of: readonly string[]): void {
  const { data, shape } = space.map(`study/aggregate/${path}`);
  assert.deepEqual(shape, [275, 224]);
  const wanted = expected(people, of);
  const furthest = data.reduce((most, value, at) => Math.max(most, Math.abs(value - wanted[at])), 0);
  assert.ok(furthest < 1e-12, `${path} is off by ${furthest}`);
}

describe('mean maps of a study', () => {
  it('weigh persons equally, whatever their number of images, in float64', () => {
    assertMap('means/all.npy', ['a', 'b', 'c', 'd'], models);
    assertMap('means/model/two.npy', ['a', 'b', 'c', 'd'], ['two']);
    assertMap('means/person/a.npy', ['a'], models);
    assertMap('means/model/two/person/c.npy', ['c'], ['two']);
  });

  it('total every group and family: upstream totalled the last group only', () => {
    assertMap('means/sex/female.npy', ['a', 'c'], models);
    assertMap('means/sex/male.npy', ['b', 'd'], models);
    assertMap('means/family/old.npy', ['a', 'b', 'c', 'd'], ['one', 'two']);
    assertMap('means/family/new.npy', ['a', 'b', 'c', 'd'], ['three']);
    assertMap('means/model/three/sex/male.npy', ['b', 'd'], ['three']);
    assertMap('means/family/old/sex/male.npy', ['b', 'd'], ['one', 'two']);
  });

  it('leave a person in two groups out of both, and tell in one line; so with unknown people and empty groups', async () => {
    const means = await readMeans(`${study}/aggregate`);
    const x = means.find(({ modelKey, group }) => modelKey === 'all' && group === 'x');
    assert.deepEqual([x?.persons, x?.maps], [2, 12]);
    assert.ok(!means.some(({ group }) => group === 'z'));
    const told = (pattern: RegExp) =>
      assert.equal(notes.filter((note) => pattern.test(note)).length, 1, String(pattern));
    told(/^club: in two groups, so counted in none: 1: d \(y: line 5; x: line 6\)$/);
    told(/^.*groups\.csv: identities without an image: 1: nobody$/);
    told(/^club z: nobody of this group has an image$/);
    told(/^one image only: 1: b$/);
    told(/^club y: one person only, so no interval and no test$/);
  });

  it('leave an image without landmarks out, and count it', () => {
    const { results } = space.json('study/aggregate/run.json') as { results: Record<string, unknown> };
    assert.deepEqual(
      [results.images, results.withoutLandmarks, results.persons, results.maps],
      [8, 1, 4, 21],
    );
  });

  it('tell how typical everybody is, by all models and each, of all and of the own group', async () => {
    const people = await readPeopleTable(`${study}/aggregate`, ['sex', 'club']);
    assert.equal(people.length, 4 * 4);
    const two = people.find(({ model, identity }) => model === 'two' && identity === 'b')!;
    const own = expected(['b'], ['two']);
    assert.ok(Math.abs(two.typicality - typicality(own, expected(['a', 'b', 'c', 'd'], ['two']), 4)) < 1e-12);
    assert.ok(Math.abs(two.inGroup.sex - typicality(own, expected(['b', 'd'], ['two']), 2)) < 1e-12);
    assert.deepEqual([two.images, two.groups], [1, { sex: 'male', club: 'x' }]);
    const alone = people.find(({ model, identity }) => model === 'all' && identity === 'c')!;
    assert.ok(Number.isNaN(alone.inGroup.club));
  });
});

describe('region shares of a study', () => {
  /** A person's mean share by some models: over images, then models. */
  const shareOf = (person: string, of: readonly string[], region: string) => {
    const own = withMaps.filter((image) => image.startsWith(`${person}/`));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return mean(of.map((model) => mean(own.map((image) => syntheticShare(model, image, region)))));
  };

  it('are means over persons with their intervals', async () => {
    const shares = await readShares(`${study}/aggregate`);
    for (const [key, model, of] of [
      ['model', 'two', ['two']],
      ['family', 'old', ['one', 'two']],
      ['all', 'all', models],
    ] as const) {
      const rows = shares.filter(
        (row) => row.modelKey === key && row.model === model && row.groupKey === 'sex',
      );
      const wanted = groupMeans(
        Object.entries(sexOf).map(([person, group]) => ({
          group,
          values: faceRegions.map((region) => shareOf(person, of, region)),
        })),
        faceRegions,
        { seed: 0 },
      );
      assert.deepEqual(
        rows.map(({ group, region, persons, share, low, high }) => [
          group,
          region,
          persons,
          share,
          low,
          high,
        ]),
        wanted.map(({ group, quantity, n, mean, interval }) => [
          group,
          quantity,
          n,
          mean,
          interval!.low,
          interval!.high,
        ]),
      );
    }
  });

  it('of one person have no interval', async () => {
    const shares = await readShares(`${study}/aggregate`);
    const alone = shares.filter(({ groupKey, group }) => groupKey === 'club' && group === 'y');
    assert.ok(
      alone.length > 0 &&
        alone.every(({ low, high, persons }) => low === null && high === null && persons === 1),
    );
  });

  it('are tested between groups, corrected over all models and regions of a key', async () => {
    const tests = await readTests(`${study}/aggregate`);
    const sex = tests.filter(({ groupKey }) => groupKey === 'sex');
    assert.equal(sex.length, models.length * faceRegions.length);
    assert.deepEqual(
      sex.map((test) => test.holm),
      holm(sex.map(({ p }) => p)),
    );
    assert.ok(
      sex.every(({ comparisons, persons }) => comparisons === sex.length && String(persons) === '2,2'),
    );
    const nose = sex.find(({ model, region }) => model === 'one' && region === 'nose')!;
    const mean = (people: string[]) =>
      people.reduce((sum, person) => sum + shareOf(person, ['one'], 'nose'), 0) / 2;
    assert.ok(Math.abs(nose.difference! - (mean(['a', 'c']) - mean(['b', 'd']))) < 1e-12);
    // Two against two have six arrangements, of which the observed one and its mirror image are as extreme.
    assert.ok(sex.every(({ p }) => p >= 2 / 6 - 1e-12));
    const club = tests.filter(({ groupKey }) => groupKey === 'club');
    assert.ok(club.every(({ p, comparisons }) => Number.isNaN(p) && comparisons === 0));
  });
});

describe('the aggregate step', () => {
  it('gives the same bytes in whatever order the images were finished, and with more workers', async () => {
    const other = await writeExplained(space, 'other', {
      ...{ images, models, withoutLandmarks },
      finished: images.toReversed(),
    });
    await aggregate({ output: other, groups, ...options, workers: 3 }, listenToNothing);
    assert.deepEqual(space.outputs('other/aggregate'), space.outputs('study/aggregate'));
  });

  it('groups anew without a model, keeps what is not asked again, and leaves no map of a group that is no more', async () => {
    const other = await writeExplained(space, 'anew', { images, models });
    await aggregate({ output: other, groups, ...options, workers: 1 }, listenToNothing);
    assert.ok(existsSync(space.path('anew/aggregate/means/club/x.npy')));
    await aggregate({ output: other, groupBy: ['sex'], workers: 1 }, listenToNothing);
    assert.ok(!existsSync(space.path('anew/aggregate/means/club')));
    const means = await readMeans(`${other}/aggregate`);
    assert.ok(means.some(({ group }) => group === 'female'));
    assert.ok(means.some(({ modelKey }) => modelKey === 'family'));
  });

  it('computes nothing again where nothing changed', async () => {
    const file = `${study}/aggregate/means/all.npy`;
    const [before, time] = [readFileSync(file), statSync(file).mtimeMs];
    await aggregate({ output: study, workers: 1 }, listenToNothing);
    assert.equal(statSync(file).mtimeMs, time);
    assert.deepEqual(readFileSync(file), before);
  });

  it('refuses a study without explanations, without landmarks, unknown groups and names of its own, each in one line', async () => {
    const refused = (output: string, more: object, line: RegExp) =>
      assert.rejects(aggregate({ output, workers: 1, ...more }, listenToNothing), line);
    await refused(
      space.path('nothing'),
      {},
      /nothing: holds no similarity study \(run `faceprobe similarity run`/,
    );
    const blind = await writeExplained(space, 'blind', { images, models, withoutLandmarks: images });
    await refused(blind, {}, /no landmarks were found in any image/);
    await refused(study, { groups, groupBy: ['colour'] }, /group colour: is no column of .*groups\.csv/);
    await refused(study, { groups, groupBy: ['person'] }, /group person: is a name that the study needs/);
    const strangers = space.write('strangers.csv', 'identity,sex\nq,female\n');
    await refused(
      study,
      { groups: strangers, groupBy: ['sex'] },
      /strangers\.csv: has no row for any of the persons/,
    );
    await refused(study, { family: ['four=x'] }, /family four=x: names four, which is no model of the study/);
  });

  it('reads families from a table', async () => {
    const family = space.write(
      'families.csv',
      'model,training set,depth\none,glint,18\ntwo,glint,50\nthree,ms1m,50\n',
    );
    const other = await writeExplained(space, 'families', { images, models });
    await aggregate({ output: other, family: [family], workers: 1 }, listenToNothing);
    const rows = parse<Record<string, string>>(readFileSync(`${other}/aggregate/means.csv`), {
      columns: true,
    });
    const named = rows.filter((row) => row.group_key === '').map((row) => `${row.model_key} ${row.model}`);
    assert.deepEqual(named, [
      'all all',
      'model one',
      'model two',
      'model three',
      'training set glint',
      'training set ms1m',
      'depth 18',
      'depth 50',
    ]);
  });
});
