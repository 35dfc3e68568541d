import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { labelledImages } from '../../../src/dataset/labels/labelled-images.js';
import { Problem } from '../../../src/problem.js';

describe('labelledImages', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceprobe-'));
  });
  after(() => rm(folder, { recursive: true }));

  const options = { attribute: 'gender', values: ['male', 'female'] };
  const listed = (names: readonly string[], at = folder) =>
    names.map((name) => ({ name, file: join(at, name) }));

  it('reads file names, and names the malformed ones', async () => {
    const names = ['a/33_1_2_20170104.jpg', '10_0_0_20170110220033115.jpg.chip.jpg', '61_1_20170109.jpg'];
    const { byImage, columns, problems, source } = await labelledImages(names, {
      ...options,
      folder: listed(names),
    });
    assert.deepEqual(byImage.get(names[0]), { age: '33', gender: 'female', race: 'asian' });
    assert.deepEqual(byImage.get(names[1]), { age: '10', gender: 'male', race: 'white' });
    assert.deepEqual(columns, ['age', 'gender', 'race']);
    assert.match(source, /UTKFace/);
    assert.equal(problems.length, 1);
    assert.match(problems[0].message, /^61_1_20170109\.jpg: its name is malformed/);
  });

  it('reads a table, whose paths are relative to the images or to the table', async () => {
    const table = join(folder, 'labels.csv');
    await writeFile(table, 'file,sex\nimages/a.png,female\nb.png,male\ngone.png,male\nnot drawn.png,male\n');
    const names = ['a.png', 'b.png', 'c.png'];
    const labels = await labelledImages(names, {
      ...{ ...options, table },
      folder: listed([...names, 'not drawn.png'], join(folder, 'images')),
    });
    assert.deepEqual(
      [...labels.byImage],
      [
        ['a.png', { sex: 'female' }],
        ['b.png', { sex: 'male' }],
      ],
    );
    assert.deepEqual(
      labels.problems.map(({ message }) => message),
      [`c.png: is unlabelled: it has no line in ${table} (add one, or leave the image out)`],
    );
    assert.deepEqual(labels.notes, [`${table}: images that are not there: 1: gone.png`]);
  });

  it('reads folders where nothing else says anything', async () => {
    const names = ['Female/1.png', 'x/MALE/2.png', 'other/3.png'];
    const labels = await labelledImages(names, { ...options, folder: listed(names) });
    assert.deepEqual(
      [...labels.byImage.values()].map(({ gender }) => gender),
      ['female', 'male'],
    );
    assert.match(labels.problems[0].message, /^other\/3\.png: is unlabelled/);
  });

  it('refuses what cannot be used at all', async () => {
    const table = join(folder, 'other.csv');
    await writeFile(table, 'file,age\nx.png,3\n');
    const asked = (images: string[], more = {}) =>
      labelledImages(images, { ...options, folder: listed([...images, 'y.png']), ...more });
    await assert.rejects(asked(['a.png']), problem(/--attribute gender: neither file names nor folders/));
    await assert.rejects(asked(['a.png'], { table }), problem(/is no column of .*its columns are: age/));
    await writeFile(table, 'file,gender\nx.png,male\n');
    await assert.rejects(asked(['a.png'], { table }), problem(/has no row for any of the images/));
    await writeFile(table, 'file,gender\ny.png,male\n');
    await assert.rejects(asked(['a.png'], { table }), problem(/any of the 1 images that were drawn/));
  });
});

function problem(pattern: RegExp) {
  return (error: unknown) => error instanceof Problem && pattern.test(error.message);
}
