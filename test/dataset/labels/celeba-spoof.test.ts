import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { readCelebaSpoofLabels } from '../../../src/dataset/labels/celeba-spoof.js';
import { readCelebaSpoofBox } from '../../../src/dataset/labels/celeba-spoof-box.js';
import { readImageTable } from '../../../src/dataset/labels/image-table.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
after(() => rmSync(folder, { recursive: true }));

function written(content: unknown, name = 'labels.json'): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const entry = (...last: number[]) => [...new Array<number>(40).fill(0), ...last];

it('readCelebaSpoofLabels names the 44 numbers', async () => {
  const labels = await readCelebaSpoofLabels(
    written({
      'Data/test/3613/live/494405.png': entry(0, 0, 0, 0),
      'Data/test/3613/spoof/494406.png': entry(7, 4, 2, 1),
      'x.png': entry(10, 1, 1, 1),
    }),
  );
  assert.deepEqual(Object.fromEntries(labels), {
    'Data/test/3613/live/494405.png': { label: 'live', subject: '3613' },
    'Data/test/3613/spoof/494406.png': {
      label: 'spoof',
      species: 'PC',
      illumination: 'dark',
      environment: 'outdoor',
      subject: '3613',
    },
    'x.png': { label: 'spoof', species: '3D mask', illumination: 'normal', environment: 'indoor' },
  });
});

it('readCelebaSpoofLabels refuses what is not of its form, with the path', async () => {
  const refused = (content: unknown, message: RegExp) =>
    assert.rejects(readCelebaSpoofLabels(written(content)), message);
  await refused('{', /labels\.json: is not JSON/);
  await refused([1], /is not an object of paths/);
  await refused({ 'a.png': [1, 2] }, /a\.png: has 2 labels, not 44/);
  await refused({ 'a.png': entry(11, 1, 1, 1) }, /a\.png: its spoof type 11 is not known/);
  await refused({ 'a.png': entry(0, 1, 1, 1) }, /a\.png: is spoof, but its spoof type is live/);
  await assert.rejects(readCelebaSpoofLabels(join(folder, 'none.json')), /none\.json/);
});

it('readImageTable takes the JSON of CelebA-Spoof like a table', async () => {
  const { key, columns, byKey } = await readImageTable(
    written({ 'Data\\1\\live\\a.png': entry(0, 0, 0, 0), 'b.png': entry(7, 4, 2, 1) }),
  );
  assert.equal(key, 'path');
  assert.deepEqual(columns, ['label', 'subject', 'species', 'illumination', 'environment']);
  assert.deepEqual(byKey.get('Data/1/live/a.png'), { label: 'live', subject: '1' });
  assert.equal(byKey.get('b.png')?.species, 'PC');
});

it('readCelebaSpoofBox scales the box beside an image, cut to whole pixels', async () => {
  written('60 55 101 131 0.9975612\n', '494405_BB.txt');
  const image = join(folder, '494405.png');
  assert.deepEqual(await readCelebaSpoofBox(image, 448, 300), {
    box: { x: 120, y: 73, width: 202, height: 175 },
    score: 0.9975612,
  });
  written('60 55 0 131 0.99', 'a_BB.txt');
  await assert.rejects(readCelebaSpoofBox(join(folder, 'a.png'), 10, 10), /a_BB\.txt: holds no box: 60 55 0/);
  await assert.rejects(readCelebaSpoofBox(join(folder, 'none.png'), 10, 10), /none_BB\.txt: cannot be read/);
});
