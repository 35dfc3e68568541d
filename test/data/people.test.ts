import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readPeople } from '../../src/dataset/people/read-people.js';
import { walkImages } from '../../src/dataset/walk-images.js';

const data = process.env.FACEPROBE_DATA;

describe('people of the data sets', { skip: data === undefined && 'FACEPROBE_DATA is not set' }, () => {
  it('frll: 66 people with two images each, by file names and by the table alike', async () => {
    const { images } = await walkImages(join(data!, 'frll'));
    const byName = await readPeople(images);
    const groups = join(data!, 'frll', 'labels.csv');
    const byTable = await readPeople(images, { groups, groupBy: ['ethnicity', 'sex', 'age'] });
    assert.equal(byTable.persons.length, 66);
    assert.deepEqual(
      byTable.persons.map(({ identity, images }) => ({ identity, images, groups: {} })),
      byName.persons,
    );
    assert.ok(byTable.persons.every(({ images }) => images.length === 2));
    assert.deepEqual(byTable.groups.sex, ['female', 'male']);
    await assert.rejects(
      readPeople(images, { groups, groupBy: ['expression'] }),
      /everybody is in two groups/,
    );
  });

  it('lfw10: five people in folders', async () => {
    const { images } = await walkImages(join(data!, 'lfw10'));
    const { persons, notes } = await readPeople(images);
    assert.deepEqual(
      persons.map(({ identity, images }) => [identity, images.length]),
      ['Ariel_Sharon', 'Colin_Powell', 'George_W_Bush', 'Hugo_Chavez', 'Tony_Blair'].map((name) => [
        name,
        10,
      ]),
    );
    assert.deepEqual(notes, []);
  });

  it('utkface1000: every image a person, groups by file name and by the table alike', async () => {
    const { images } = await walkImages(join(data!, 'utkface1000'));
    const groupBy = ['race', 'gender', 'age'];
    const byName = await readPeople(images, { groupBy });
    const byTable = await readPeople(images, { groupBy, groups: join(data!, 'utkface1000', 'labels.csv') });
    assert.equal(byName.persons.length, 1000);
    assert.deepEqual(byName.persons, byTable.persons);
    assert.equal(byName.groups.race.length, 5);
  });
});
