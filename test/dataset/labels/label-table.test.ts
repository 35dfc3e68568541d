import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readLabelTable, type LabelTable } from '../../../src/dataset/labels/label-table.js';
import { Problem } from '../../../src/problem.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
after(() => rmSync(folder, { recursive: true }));

async function read(content: string): Promise<LabelTable> {
  const file = join(folder, 'labels.csv');
  writeFileSync(file, content);
  return readLabelTable(file);
}

describe('readLabelTable', () => {
  for (const [what, separator] of Object.entries({ commas: ',', semicolons: ';', tabs: '\t' })) {
    it(`reads fields between ${what}, with a byte-order mark and CRLF`, async () => {
      const lines = [
        ['file', 'subject', 'age'],
        ['a/x.jpg', '001', '24'],
        ['"b/y, z.jpg"', '002', ''],
      ];
      const { columns, byKey, notes } = await read(
        '\ufeff' + lines.map((line) => line.join(separator)).join('\r\n'),
      );
      assert.deepEqual(columns, ['subject', 'age']);
      assert.deepEqual(Object.fromEntries(byKey), {
        'a/x.jpg': { subject: '001', age: '24' },
        'b/y, z.jpg': { subject: '002' },
      });
      assert.deepEqual(notes, []);
    });
  }

  it('finds the path column wherever it stands, and takes either slash', async () => {
    const { columns, byKey } = await read('gender,Path\nfemale,.\\a\\x.jpg\n');
    assert.deepEqual(columns, ['gender']);
    assert.deepEqual(byKey.get('a/x.jpg'), { gender: 'female' });
  });

  it('tells of rows that it does not use or did not expect', async () => {
    const { byKey, notes } = await read('file,age\na.jpg,1\n,2\nb.jpg\na.jpg,3,x\n');
    assert.deepEqual(Object.fromEntries(byKey), { 'a.jpg': { age: '3' }, 'b.jpg': {} });
    assert.deepEqual(notes, [
      'line 3 has no path and is not used',
      'line 4 has 1 fields, the header 2',
      'line 5 has 3 fields, the header 2',
      'line 5 replaces an earlier row of a.jpg',
    ]);
  });

  it('refuses a table without paths or rows, and a missing file', async () => {
    const refused = async (content: string): Promise<string> => {
      const error: unknown = await read(content).catch((reason: unknown) => reason);
      assert.ok(error instanceof Problem);
      return error.message;
    };
    assert.match(
      await refused('subject,age\n1,2\n'),
      /no column with the paths.*subject, age.*\(name it "file"/,
    );
    assert.match(await refused(''), /its columns are: none/);
    assert.match(await refused('file,age\n'), /holds no row/);
    await assert.rejects(readLabelTable(join(folder, 'none.csv')), /does not exist/);
  });
});
