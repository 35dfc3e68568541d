import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { rowsOfImages } from '../../../src/dataset/labels/rows-of-images.js';
import { Problem } from '../../../src/problem.js';

/** Which row each image is given; rows differ in their labels unless these are told. */
function matched(
  rows: readonly string[] | Readonly<Record<string, string>>,
  images: readonly string[],
  { table = 'set/labels.csv', folder = 'set' } = {},
) {
  const entries = Array.isArray(rows) ? rows.map((row: string) => [row, row]) : Object.entries(rows);
  const byKey = new Map(entries.map(([key, label]) => [key, { label }]));
  const { byImage, notes } = rowsOfImages(
    { file: table, key: 'path', columns: ['label'], byKey, notes: ['line 9 is odd'] },
    images.map((name) => ({ name, file: join(folder, name) })),
  );
  return { labels: Object.fromEntries([...byImage].map(([name, { label }]) => [name, label])), notes };
}

const refused = (act: () => unknown, why: string) =>
  assert.throws(act, (error) => error instanceof Problem && error.message === why);

describe('rowsOfImages', () => {
  it('takes paths relative to the images or to the table, in one table, and absolute ones', () => {
    const absolute = resolve('set/images/c.png');
    const rows = ['a.png', 'images/b.png', absolute, './x/../d.png'];
    const { labels } = matched(rows, ['a.png', 'b.png', 'c.png', 'd.png'], { folder: 'set/images' });
    assert.deepEqual(labels, { 'a.png': rows[0], 'b.png': rows[1], 'c.png': rows[2], 'd.png': rows[3] });
  });

  it('takes a table that lies beside the images or below them', () => {
    const beside = { table: 'set/lists/labels.csv', folder: 'set/images' };
    assert.deepEqual(matched(['../images/a.png'], ['a.png'], beside).labels, { 'a.png': '../images/a.png' });
    const below = { table: 'set/lists/labels.csv' };
    assert.deepEqual(matched(['a.png'], ['lists/a.png'], below).labels, { 'lists/a.png': 'a.png' });
  });

  it('takes rows that leave out the first folders, or begin above the images, if none has the path of an image', () => {
    const images = ['live/1.png', 'spoof/2.png', 'spoof/3.png'];
    const outside = { table: 'lists/labels.csv', folder: 'data/set' };
    assert.deepEqual(matched(['1.png', '2.png', 'set/spoof/2.png'], images, outside).labels, {
      'live/1.png': '1.png',
      'spoof/2.png': 'set/spoof/2.png',
    });
    const elsewhere = { table: 'metas/labels.csv', folder: 'CelebA_Spoof/Data/test' };
    assert.deepEqual(matched(['Data/test/7/live/1.png'], ['7/live/1.png'], elsewhere).labels, {
      '7/live/1.png': 'Data/test/7/live/1.png',
    });
  });

  it('leaves an image without a row alone, though its path ends in the row of another or of a lost one', () => {
    const { labels, notes } = matched(['1.png', '2.png'], ['1.png', 'copies/1.png', 'copies/2.png']);
    assert.deepEqual(labels, { '1.png': '1.png' });
    assert.deepEqual(notes, [
      'set/labels.csv: line 9 is odd',
      'set/labels.csv: images that are not there: 1: 2.png',
    ]);
  });

  it('refuses what could be meant in two ways, with an example', () => {
    const remedy = 'put it into the folder of the images, with paths relative to that folder';
    refused(
      () => matched(['a.png'], ['a.png', 'lists/a.png'], { table: 'set/lists/labels.csv' }),
      `set/lists/labels.csv: its row a.png may be of the image a.png or of lists/a.png (${remedy})`,
    );
    refused(
      () => matched(['a.png', 'images/a.png'], ['a.png'], { folder: 'set/images' }),
      `set/labels.csv: its rows a.png and images/a.png may both be of the image a.png (${remedy})`,
    );
    refused(
      () => matched(['1.png'], ['live/1.png', 'spoof/1.png']),
      'set/labels.csv: its row 1.png may be of the image live/1.png or of spoof/1.png (write paths relative to the folder of the images)',
    );
  });

  it('is not confused where rows agree, or the other row has an image of its own', () => {
    const inside = { folder: 'set/images' };
    assert.deepEqual(matched({ 'a.png': 'live', 'images/a.png': 'live' }, ['a.png'], inside).labels, {
      'a.png': 'live',
    });
    const both = ['a.png', 'images/a.png'];
    assert.deepEqual(matched(both, both, inside).labels, {
      'a.png': 'a.png',
      'images/a.png': 'images/a.png',
    });
  });

  it('refuses a table of other images, with an example of both', () => {
    refused(
      () => matched(['x/b.png'], ['a.png', 'b.png']),
      'set/labels.csv: has no row for any of the images, such as a.png; its first is x/b.png (write paths relative to the folder of the images, or to that of the table)',
    );
  });
});
