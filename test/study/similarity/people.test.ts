import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { imageSeed } from '../../../src/study/image-seed.js';
import { walkFolders } from '../../../src/study/similarity/people/image-folders.js';
import { readFamilies } from '../../../src/study/similarity/people/model-families.js';
import { studyPeople } from '../../../src/study/similarity/people/study-people.js';
import { Workspace } from '../heatmaps/workspace.js';

const space = new Workspace();
after(() => space.remove());

describe('people of several folders', () => {
  const folder = (name: string, images: string[]) => ({
    folder: `/data/${name}`,
    prefix: `${name}/`,
    images,
  });
  const first = folder('frll', ['001_03.jpg', '001_08.jpg', '002_03.jpg']);
  const second = folder('lfw', ['A_B/A_B_0001.jpg', 'C_D/C_D_0001.jpg']);

  it('have the folder before their name, and may know of no group', async () => {
    const groups = space.write('g.csv', 'file,sex\n001_03.jpg,female\n001_08.jpg,female\n002_03.jpg,male\n');
    const people = await studyPeople([first, second], { groups, groupBy: ['sex', 'dataset'] });
    assert.deepEqual(
      people.persons.map(({ identity, images, groups: own }) => [identity, images.length, own]),
      [
        ['frll/001', 2, { sex: 'female', dataset: 'frll' }],
        ['frll/002', 1, { sex: 'male', dataset: 'frll' }],
        ['lfw/A_B', 1, { dataset: 'lfw' }],
        ['lfw/C_D', 1, { dataset: 'lfw' }],
      ],
    );
    assert.deepEqual(people.groups, { sex: ['female', 'male'], dataset: ['frll', 'lfw'] });
    assert.ok(people.notes.some(({ text }) => text === 'lfw: nobody is in a group of sex'));
  });

  it('are refused where none of the folders knows of a group', async () => {
    const groups = space.write('h.csv', 'file,sex\n001_03.jpg,female\n');
    await assert.rejects(
      studyPeople([first, second], { groups, groupBy: ['height'] }),
      /group height: is no column of .*h\.csv/,
    );
  });

  it('of two folders of one name are refused', async () => {
    await space.image('x/faces/p/1.png', 4, 4);
    await space.image('y/faces/p/1.png', 4, 4);
    await assert.rejects(
      walkFolders([space.path('x/faces'), space.path('y/faces')]),
      /has the same name as .*x.faces, so their outputs would collide/,
    );
    const { folders } = await walkFolders([space.path('x'), space.path('y')]);
    assert.deepEqual(
      folders.map(({ prefix, images }) => [prefix, images]),
      [
        ['x/', ['faces/p/1.png']],
        ['y/', ['faces/p/1.png']],
      ],
    );
  });
});

describe('families of models', () => {
  it('come from the command line or a table, one value a key', async () => {
    const table = space.write('f.csv', 'model,depth\nr18,18\nr50,50\n');
    assert.deepEqual(await readFamilies(['r18=glint', table], ['r18', 'r50']), {
      keys: ['family', 'depth'],
      of: { r18: { family: 'glint', depth: '18' }, r50: { depth: '50' } },
    });
    await assert.rejects(
      readFamilies(['r18=a', 'r18=b'], ['r18']),
      /family r18=b: r18 has two families: family a and b/,
    );
    const strange = space.write('s.csv', 'model,depth\nr99,18\n');
    await assert.rejects(readFamilies([strange], ['r18']), /s\.csv line 2: names r99, which is no model/);
  });
});

describe('the seed of an image', () => {
  it('follows from its name and the seed of the study, and is below 2^32', () => {
    assert.equal(imageSeed(0, 'a/1.jpg'), imageSeed(0, 'a/1.jpg'));
    const seeds = new Set(
      Array.from({ length: 100 }, (_, at) => imageSeed(at % 10, `${Math.floor(at / 10)}.jpg`)),
    );
    assert.equal(seeds.size, 100);
    for (const seed of seeds) assert.ok(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32);
  });
});
