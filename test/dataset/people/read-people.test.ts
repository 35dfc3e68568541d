import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readPeople } from '../../../src/dataset/people/read-people.js';
import { schemeOfPaths } from '../../../src/dataset/people/identity-schemes.js';
import { Problem } from '../../../src/problem.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
after(() => rmSync(folder, { recursive: true }));

let tables = 0;
function csv(...lines: string[]): string {
  const file = join(folder, `${tables++}.csv`);
  writeFileSync(file, lines.join('\n'));
  return file;
}

/** What a problem says, without the name of the temporary folder. */
const problem = (pattern: RegExp) => (error: unknown) =>
  error instanceof Problem && pattern.test(error.message) && !error.message.includes('\n');

const vgg = [
  'Frontal/n000001/0001_01.jpg',
  'Frontal/n000001/0002_01.jpg',
  'Frontal/n000002/0001_01.jpg',
  'Frontal/n000002/0007_01.jpg',
];

describe('schemeOfPaths', () => {
  for (const [scheme, paths] of [
    ['vggface2', vgg],
    ['frll', ['neutral_front/001_03.jpg', 'neutral_front/002_03.jpg', 'smiling_front/001_08.jpg']],
    ['frll', ['001_03.jpg', '001_08.jpg', '002_03.jpg']],
    ['folder', ['anna/001_03.jpg', 'anna/002_03.jpg', 'bert/003_03.jpg']],
    ['lfw', ['Ariel_Sharon_0001.jpg', 'Tony_Blair_0001.jpg', 'Tony_Blair_0002.jpg']],
    ['folder', ['Ariel_Sharon/Ariel_Sharon_0001.jpg', 'Tony_Blair/Tony_Blair_0001.jpg']],
    ['folder', ['anna/IMG_0001.jpg', 'bert/IMG_0002.jpg']],
    ['folder', ['deep/er/anna/1.jpg', 'bert/1.jpg']],
    ['image', ['33_1_2_20170104010841239.jpg.chip.jpg', '5_0_0_20170104010841230.jpg.chip.jpg']],
  ] as const) {
    it(`${paths.join(', ')}: ${scheme}`, () => assert.equal(schemeOfPaths(paths), scheme));
  }
});

describe('readPeople', () => {
  it('finds persons in folders of any depth', async () => {
    const { persons, identifiedBy, notes } = await readPeople(vgg);
    assert.deepEqual(
      persons.map(({ identity, images }) => [identity, images.length]),
      [
        ['n000001', 2],
        ['n000002', 2],
      ],
    );
    assert.match(identifiedBy, /VGGFace2/);
    assert.deepEqual(notes, []);
  });

  it('groups by a table of persons, by several keys and by other names of a column', async () => {
    const groups = csv(
      'Class_ID, Race, Gender, Age',
      'n000001, African, f, 31',
      'n000002, Asian, m, 39',
      'n000003, Asian, m, 8',
    );
    const { persons, groups: found } = await readPeople(vgg, {
      groups,
      groupBy: ['ethnicity', 'sex', 'age'],
    });
    assert.deepEqual(persons[0].groups, { ethnicity: 'African', sex: 'f', age: '30-39' });
    assert.deepEqual(found, { ethnicity: ['African', 'Asian'], sex: ['f', 'm'], age: ['30-39'] });
  });

  it('takes identities and groups from one table of images', async () => {
    const images = ['x/1.jpg', 'x/2.jpg', 'y/3.jpg'];
    const groups = csv('file,subject,sex', 'x/1.jpg,a,f', 'x/2.jpg,b,m', 'y/3.jpg,a,f');
    const { persons, identifiedBy } = await readPeople(images, { groups, groupBy: ['sex'] });
    assert.deepEqual(persons, [
      { identity: 'a', images: ['x/1.jpg', 'y/3.jpg'], groups: { sex: 'f' } },
      { identity: 'b', images: ['x/2.jpg'], groups: { sex: 'm' } },
    ]);
    assert.match(identifiedBy, /the column subject of/);
  });

  it('takes identities from file names', async () => {
    const { persons } = await readPeople(['x/anna-b_1.jpg', 'y/anna-b_2.jpg', 'x/carl-7.png'], {
      identities: 'file-name',
    });
    assert.deepEqual(
      persons.map(({ identity, images }) => [identity, images.length]),
      [
        ['anna-b', 2],
        ['carl', 1],
      ],
    );
  });

  it('takes identities from a table of their own', async () => {
    const identities = csv('path;person', 'x/1.jpg;a', 'x/2.jpg;b');
    const { persons } = await readPeople(['x/1.jpg', 'x/2.jpg'], { identities });
    assert.deepEqual(
      persons.map(({ identity }) => identity),
      ['a', 'b'],
    );
  });

  it('groups by what file names say', async () => {
    const images = ['33_1_2_20170104010841239.jpg.chip.jpg', '5_0_0_20170104010841230.jpg.chip.jpg'];
    const { persons } = await readPeople(images, { groupBy: ['ethnicity', 'sex', 'age'] });
    assert.deepEqual(
      persons.map(({ groups }) => groups),
      [
        { ethnicity: 'asian', sex: 'female', age: '30-39' },
        { ethnicity: 'white', sex: 'male', age: '0-9' },
      ],
    );
    await assert.rejects(
      readPeople(images, { groupBy: ['hair'] }),
      problem(/group hair: is in no file name/),
    );
  });

  describe('says in one line', () => {
    const noted = async (images: string[], options: Parameters<typeof readPeople>[1]) =>
      (await readPeople(images, options)).notes.map(({ kind, text }) => [
        kind,
        text.replaceAll(/\S*[/\\]\d+\.csv/g, 'T'),
      ]);

    it('that a table holds unknown identities, and that a group has nobody or one person', async () => {
      const groups = csv('identity,sex', 'n000001,f', 'n000002,m', 'n000008,x', 'n000009,m');
      assert.deepEqual(await noted(vgg, { groups, groupBy: ['sex'] }), [
        ['unknown-identities', 'T: identities without an image: 2: n000008, n000009'],
        ['empty-group', 'sex x: nobody of this group has an image'],
        ['small-group', 'sex f: one person only, so no interval and no test'],
        ['small-group', 'sex m: one person only, so no interval and no test'],
      ]);
    });

    it('that a person is in two groups, and where', async () => {
      const groups = csv('identity,sex', 'a,f', 'b,f', 'c,m', 'c,f', 'd,f');
      const images = ['a', 'b', 'c', 'd'].flatMap((name) => [`${name}/1.jpg`, `${name}/2.jpg`]);
      const { persons, notes } = await readPeople(images, { groups, groupBy: ['sex'] });
      assert.deepEqual(notes, [
        { kind: 'two-groups', text: 'sex: in two groups, so counted in none: 1: c (m: line 4; f: line 5)' },
      ]);
      assert.deepEqual(persons[2].groups, {});
    });

    it('that a person has one image or no group, and what is wrong in the table', async () => {
      const groups = csv('identity,sex', 'a,f', 'b,f', ',m');
      assert.deepEqual(
        await noted(['a/1.jpg', 'a/2.jpg', 'b/1.jpg', 'b/2.jpg', 'c/1.jpg'], { groups, groupBy: ['sex'] }),
        [
          ['table', 'T: line 4 has no identity and is not used'],
          ['one-image', 'one image only: 1: c'],
          ['no-group', 'sex: in no group: 1: c'],
        ],
      );
      assert.deepEqual(await noted(['a/1.jpg', 'b/1.jpg'], {}), [['one-image', 'one image only: everybody']]);
    });

    it('that a table of images has rows of others', async () => {
      const groups = csv('file,sex', 'a/1.jpg,f', 'a/2.jpg,f', 'a/9.jpg,f');
      assert.deepEqual(await noted(['a/1.jpg', 'a/2.jpg'], { groups, groupBy: ['sex'] }), [
        ['unknown-images', 'T: images that are not there: 1: a/9.jpg'],
        ['small-group', 'sex f: one person only, so no interval and no test'],
      ]);
    });
  });

  describe('refuses', () => {
    it('an image without a person', async () => {
      await assert.rejects(
        readPeople(['1.jpg']),
        problem(/the folder of the image names no person .* 1: 1\.jpg/),
      );
      await assert.rejects(
        readPeople(['a/1.jpg'], { identities: 'frll' }),
        problem(/identities frll: .* names no person/),
      );
      await assert.rejects(
        readPeople(['a/1.jpg'], { identities: 'file-name' }),
        problem(/the file name up to the last _ or - names no person/),
      );
      const identities = csv('path,person', 'x/1.jpg,a', 'x/2.jpg,');
      await assert.rejects(
        readPeople(['x/1.jpg', 'x/2.jpg'], { identities }),
        problem(/does not say who is in these images: 1: x\/2\.jpg/),
      );
    });

    it('an unknown scheme, and a table without persons', async () => {
      await assert.rejects(
        readPeople(['a/1.jpg'], { identities: 'lwf' }),
        problem(/neither a scheme nor a table/),
      );
      const identities = csv('path,sex', 'a/1.jpg,f');
      await assert.rejects(readPeople(['a/1.jpg'], { identities }), problem(/no column with the persons/));
      const groups = csv('name,sex', 'a,f');
      await assert.rejects(
        readPeople(['a/1.jpg'], { groups, groupBy: ['sex'] }),
        problem(/no column with the paths of the images or the persons; its columns are: name, sex/),
      );
    });

    it('a key that is no column, a table of other people, and a key without any group', async () => {
      const groups = csv('identity,sex,hair', 'n000001,f,', 'n000002,m,');
      await assert.rejects(
        readPeople(vgg, { groups, groupBy: ['age'] }),
        problem(/group age: is no column of .* \(its columns are: sex, hair\)/),
      );
      await assert.rejects(readPeople(vgg, { groups, groupBy: ['hair'] }), problem(/nobody is in any group/));
      const others = csv('identity,sex', 'anna,f');
      await assert.rejects(
        readPeople(vgg, { groups: others, groupBy: ['sex'] }),
        problem(/no row for any of the persons \(its identities must look like n000001\)/),
      );
      const both = csv('file,look', ...vgg.map((path, i) => `${path},${i % 2}`));
      await assert.rejects(
        readPeople(vgg, { groups: both, groupBy: ['look'] }),
        problem(/everybody is in two groups/),
      );
    });
  });
});
