import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { labelsOfFileName } from '../../src/dataset/labels/file-name-labels.js';
import { readLabelTable } from '../../src/dataset/labels/label-table.js';
import { walkImages } from '../../src/dataset/walk-images.js';

const data = process.env.FACEPROBE_DATA;

describe('labels of the data sets', { skip: data === undefined && 'FACEPROBE_DATA is not set' }, () => {
  for (const [folder, scheme, count] of [
    ['frll', 'frll', 132],
    ['utkface1000', 'utkface', 1000],
  ] as const) {
    it(`${folder}: the table, the file names and the tree agree`, async () => {
      const table = await readLabelTable(join(data!, folder, 'labels.csv'));
      const { images } = await walkImages(join(data!, folder));
      assert.equal(images.length, count);
      assert.deepEqual([...table.byKey.keys()].sort(), images);
      assert.deepEqual(table.notes, []);
      for (const image of images) {
        const fromTable = table.byKey.get(image)!;
        for (const [column, value] of Object.entries(labelsOfFileName(image, scheme)!)) {
          if (table.columns.includes(column)) assert.equal(value, fromTable[column], `${image} ${column}`);
        }
      }
    });
  }
});
