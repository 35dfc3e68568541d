import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { splitPeople } from '../../../src/dataset/people/split-people.js';
import { readTrainingData } from '../../../src/study/train/training-data.js';
import { Workspace } from '../heatmaps/workspace.js';

const space = new Workspace();
after(() => space.remove());

const splits = { train: 0.5, validation: 0.25, test: 0.25 };
const people = Array.from({ length: 8 }, (_, at) => `p${at}`);
for (const person of people) {
  await space.image(`set/real/${person}/a.png`, 4, 4);
  await space.image(`set/print/${person}/a.png`, 4, 4);
}
const inputPath = space.path('set');
const read = (options: object, known?: readonly string[]) =>
  readTrainingData({ inputPath, splits, seed: 0, ...options }, known);
const table = (name: string, rows: readonly string[]) =>
  space.write(name, `path,class,identity,split\n${rows.join('\n')}\n`);

it('takes the class from the folder and puts a person with all images into one split', async () => {
  const data = await read({});
  assert.deepEqual(data.classes, ['print', 'real']);
  assert.deepEqual(data.people, { train: 4, validation: 2, test: 2 });
  for (const person of people) {
    const own = data.images.filter((image) => image.people.includes(person));
    assert.deepEqual([own.length, new Set(own.map(({ split }) => split)).size], [2, 1]);
  }
});

it('the split depends on names and seed, not on the order', () => {
  const first = splitPeople(people, splits, 3);
  assert.deepEqual(splitPeople([...people].reverse(), splits, 3).get('p5'), first.get('p5'));
  assert.notDeepEqual([...splitPeople(people, splits, 4)], [...first]);
});

it('finds the classes of a card in folders, however they are spelled', async () => {
  const data = await read({}, ['Real', 'PRINT']);
  assert.deepEqual(new Set(data.images.map((image) => image.class)), new Set(['Real', 'PRINT']));
  await assert.rejects(read({}, ['live', 'spoof']), /has no class \(give its class in --labels/);
});

it('a morph of people of two splits is in none', async () => {
  const { images } = await read({});
  const [a, b] = (['train', 'test'] as const).map(
    (split) => images.find((image) => image.split === split)!.people[0],
  );
  const real = people.map((person) => `real/${person}/a.png,real,${person}`);
  const labels = space.write(
    'morphs.csv',
    `path,class,identity\n${[...real, `print/p0/a.png,morph,${a}+${b}`, `print/p1/a.png,morph,${a}+${a}`].join('\n')}\n`,
  );
  const data = await read({ labels });
  assert.deepEqual(
    data.images.filter((image) => image.class === 'morph').map(({ people: own }) => own),
    [[a, a]],
  );
  assert.ok(data.notes.some((note) => note.startsWith('1 of 10 images show people of two splits')));
  assert.ok(data.notes.some((note) => note.startsWith('6 of 16 images are not in')));
});

it('takes the same from rows relative to the table, with either slash, by endings, and from labels of CelebA-Spoof', async () => {
  const images = people.flatMap((person) =>
    ['real', 'print'].map((kind) => ({ person, kind, path: `${kind}/${person}/a.png` })),
  );
  const csv = (name: string, pathOf: (path: string) => string) =>
    space.write(
      name,
      `path,label,subject\n${images.map(({ path, kind, person }) => `${pathOf(path)},${kind},${person}`).join('\n')}\n`,
    );
  const data = await read({ labels: csv('plain.csv', (path) => path) });
  assert.deepEqual(data.classes, ['print', 'real']);
  for (const labels of [
    csv('beside.csv', (path) => `set\\${path.replaceAll('/', '\\')}`),
    csv('lists/above.csv', (path) => `../set/${path}`),
    csv('lists/ending.csv', (path) => `set/${path}`),
  ]) {
    assert.deepEqual((await read({ labels })).images, data.images);
  }

  const entry = (spoof: number) => [...new Array<number>(40).fill(0), ...[spoof, spoof, spoof, spoof]];
  const rows = images.map(({ path, kind }) => [`set/${path}`, entry(kind === 'real' ? 0 : 1)] as const);
  const labels = space.write('lists/celeba.json', JSON.stringify(Object.fromEntries(rows)));
  const celeba = await read({ labels, identities: 'folder' });
  assert.deepEqual(
    celeba.images.map((image) => ({ ...image, class: image.class === 'live' ? 'real' : 'print' })),
    data.images,
  );
});

it('refuses a table that has a person in two splits', async () => {
  const labels = table('split.csv', ['real/p0/a.png,real,p0,train', 'print/p0/a.png,print,p0,test']);
  await assert.rejects(read({ labels }), /has p0 in two splits: .*split by person/);
});

it('refuses one person only', async () => {
  const labels = space.write(
    'one.csv',
    'path,class,identity\nreal/p0/a.png,real,p0\nprint/p0/a.png,print,p0\n',
  );
  await assert.rejects(read({ labels }), /the data set: shows one person only/);
});

it('refuses a table without classes', async () => {
  const labels = space.write('none.csv', 'path,identity\nreal/p0/a.png,p0\n');
  await assert.rejects(read({ labels }), /has no column with the classes; its columns are: identity/);
});
