import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readScoreFile, type ScoreFile } from '../../src/dataset/read-score-file.js';
import { writeScoreFile } from '../../src/dataset/write-score-file.js';
import { Problem } from '../../src/problem.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
after(() => rmSync(folder, { recursive: true }));

async function read(content: string | Uint8Array): Promise<ScoreFile> {
  const file = join(folder, 'scores.csv');
  writeFileSync(file, content);
  return readScoreFile(file);
}

async function problemOf(content: string | Uint8Array): Promise<string> {
  const error: unknown = await read(content).catch((reason: unknown) => reason);
  assert.ok(error instanceof Problem, 'no Problem');
  assert.ok(!error.message.includes('\n'), 'one line');
  return error.message.replace(folder + '/', '');
}

/** Path, score and label of every row. */
const plain = ({ rows }: ScoreFile): unknown[][] =>
  rows.map(({ path, score, label }) => (label === undefined ? [path, score] : [path, score, label]));

const two = [
  ['a/x.jpg', 0.25],
  ['b/y.jpg', -1e-7],
];
const labelled = [
  ['a/x.jpg', 0.25, '0'],
  ['b/y.jpg', -1e-7, '1'],
];

describe('readScoreFile accepts', () => {
  const contents: Record<string, [string | Uint8Array, unknown[][]]> = {
    'rows without a header': ['a/x.jpg,0.25\nb/y.jpg,-1e-7\n', two],
    'no line break at the end': ['a/x.jpg,0.25\nb/y.jpg,-1e-7', two],
    'a header': ['path,score\na/x.jpg,0.25\nb/y.jpg,-1e-7\n', two],
    labels: ['a/x.jpg,0.25,0\nb/y.jpg,-1e-7,1\n', labelled],
    'a header with labels': ['path,score,label\na/x.jpg,0.25,0\nb/y.jpg,-1e-7,1\n', labelled],
    'columns in another order': ['label,Score,File\n0,0.25,a/x.jpg\n1,-1e-7,b/y.jpg\n', labelled],
    'a byte-order mark': ['\ufeffpath,score\na/x.jpg,0.25\nb/y.jpg,-1e-7\n', two],
    'a byte-order mark before a row': ['\ufeffa/x.jpg,0.25\nb/y.jpg,-1e-7\n', two],
    CRLF: ['path,score\r\na/x.jpg,0.25\r\nb/y.jpg,-1e-7\r\n', two],
    'UTF-16': [Buffer.from('\ufeffpath\tscore\r\na/x.jpg\t0.25\r\nb/y.jpg\t-1e-7\r\n', 'utf16le'), two],
    quotes: ['"a/x.jpg","0.25"\n"b/y.jpg","-1e-7"\n', two],
    tabs: ['a/x.jpg\t0.25\nb/y.jpg\t-1e-7\n', two],
    'tabs and labels': ['a/x.jpg\t0.25\t0\nb/y.jpg\t-1e-7\t1\n', labelled],
    semicolons: ['path;score;label\na/x.jpg;0.25;0\nb/y.jpg;-1e-7;1\n', labelled],
    spaces: ['a/x.jpg 0.25\nb/y.jpg   -1e-7\n', two],
    'spaces and labels': ['a/x.jpg 0.25 0\nb/y.jpg -1e-7 1\n', labelled],
    'a space after the comma': ['a/x.jpg, 0.25, 0\nb/y.jpg, -1e-7, 1\n', labelled],
    'empty lines': ['\n\na/x.jpg,0.25\n\n  \nb/y.jpg,-1e-7\n\n', two],
    'Windows paths': ['a\\x.jpg,0.25\n.\\b\\y.jpg,-1e-7\n', two],
    'an empty label': ['a/x.jpg,0.25,\nb/y.jpg,-1e-7,\n', two],
  };
  for (const [what, [content, expected]] of Object.entries(contents)) {
    it(what, async () => {
      const scores = await read(content);
      assert.deepEqual(plain(scores), expected);
      assert.deepEqual(scores.dropped, []);
    });
  }

  it('names with commas, quotes, spaces and emoji', async () => {
    assert.deepEqual(plain(await read('"a, ""b"".jpg",0.5\n😀 c.jpg,1\n')), [
      ['a, "b".jpg', 0.5],
      ['😀 c.jpg', 1],
    ]);
    assert.deepEqual(plain(await read('my photo 2.jpg 0.5 1\nother one.jpg 0.75 0\n')), [
      ['my photo 2.jpg', 0.5, '1'],
      ['other one.jpg', 0.75, '0'],
    ]);
    assert.deepEqual(plain(await read('"my  photo 2.jpg" 0.5\n"n 3" 0.25\n')), [
      ['my  photo 2.jpg', 0.5],
      ['n 3', 0.25],
    ]);
  });

  it('further columns, by name or by number', async () => {
    const named = await read('path,score,label,age,note\na.jpg,0.5,1,33,"x, y"\nb.jpg,0.25,0,44,\n');
    assert.deepEqual(named.rows[0].extra, { age: '33', note: 'x, y' });
    const numbered = await read('a.jpg,0.5,1,33\n');
    assert.deepEqual(numbered.rows[0].extra, { column4: '33' });
  });

  it('a header of other words, and tells what it took them for', async () => {
    const { rows, notes } = await read('probe,similarity\na,0.5\n');
    assert.equal(rows.length, 1);
    assert.match(
      notes.join(),
      /line 1 is taken as a header; "probe" as the path and "similarity" as the score/,
    );
  });
});

describe('readScoreFile loses no row without telling', () => {
  it('lists each with its line and the reason', async () => {
    const { rows, dropped } = await read(
      'path,score,label\na.jpg,NaN,1\nb.jpg\n\nc.jpg,,0\nd.jpg,abc,0\n,0.5,1\ne.jpg,-inf,0\nf.jpg,1e999,0\ng.jpg,0.5,1\n',
    );
    assert.deepEqual(
      rows.map(({ path, line }) => [path, line]),
      [['g.jpg', 10]],
    );
    assert.deepEqual(
      dropped.map(({ line, reason }) => [line, reason]),
      [
        [2, 'its score is NaN, not a finite number'],
        [3, 'has 1 field; a path and a score are needed'],
        [5, 'its score is empty'],
        [6, 'its score "abc" is not a number (a path that holds the separator must be quoted)'],
        [7, 'has no path'],
        [8, 'its score is -inf, not a finite number'],
        [9, 'its score 1e999 is too large for a number'],
      ],
    );
    assert.equal(dropped[0].text, 'a.jpg,NaN,1');
  });

  it('does not take a bad first row for a header', async () => {
    const { dropped, rows } = await read('a/b.jpg,oops\nc.jpg,0.5\n');
    assert.equal(rows.length, 1);
    assert.match(dropped[0].reason, /"oops" is not a number/);
    assert.equal((await read('x.jpg,nan\nc.jpg,0.5\n')).dropped[0].line, 1);
  });

  it('uses the last of duplicate rows and names them', async () => {
    const { rows, duplicates, notes } = await read('a.jpg,0.1\nb.jpg,0.2\n.\\a.jpg,0.3\na.jpg,0.4\n');
    assert.deepEqual(
      rows.map(({ path, score }) => [path, score]),
      [
        ['a.jpg', 0.4],
        ['b.jpg', 0.2],
      ],
    );
    assert.deepEqual(duplicates, [{ path: 'a.jpg', lines: [1, 3, 4] }]);
    assert.match(notes.join(), /1 paths come more than once.*a\.jpg \(lines 1, 3, 4\)/);
  });

  it('tells of rows with more or fewer fields than the header', async () => {
    const { rows, notes } = await read('path,score,label\na.jpg,0.1\nb.jpg,0.2,1,9\nc.jpg,0.3,1\n');
    assert.equal(rows.length, 3);
    assert.match(notes.join(), /2 rows have more or fewer fields/);
  });

  it('keeps every row of a long file, whatever comes after the first lines', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) =>
      i === 4321 ? `p${i}.jpg,-nan` : `p${i}.jpg,${i / 7}`,
    );
    const { rows, dropped } = await read(lines.join('\r\n'));
    assert.equal(rows.length, 4999);
    assert.deepEqual([rows[4998].line, rows[4998].score], [5000, 4999 / 7]);
    assert.deepEqual([dropped.length, dropped[0].line], [1, 4322]);
  });
});

describe('readScoreFile refuses in one line', () => {
  it('a file without rows', async () => {
    assert.match(await problemOf(''), /^scores\.csv: holds no row \(a row is path,score/);
    assert.match(await problemOf('\n \n'), /holds no row/);
    assert.match(await problemOf('path,score\n'), /holds no row/);
  });

  it('a file without a usable row, with the first reason', async () => {
    assert.match(
      await problemOf('a.jpg,nan\nb.jpg,x\n'),
      /no usable row; line 1: its score is nan.*; and 1 more/,
    );
    assert.match(await problemOf(Buffer.from([8, 7, 18, 7, 112, 10, 121, 0, 255])), /holds no usable row/);
  });

  it('decimal commas, whatever the separator', async () => {
    assert.match(await problemOf('a.jpg;0,5\nb.jpg;0,25\n'), /score 0,5 has a decimal comma; write 0\.5/);
    assert.match(await problemOf('a.jpg\t0,5\t1\nb.jpg\t0,25\t0\n'), /score 0,5 has a decimal comma/);
    assert.match(
      await problemOf('a.jpg,0,97\nb.jpg,0,12345\n'),
      /seem to have decimal commas \("a\.jpg,0,97"\)/,
    );
  });

  it('a file that is missing or a folder', async () => {
    await assert.rejects(readScoreFile(join(folder, 'none.csv')), /none\.csv: does not exist/);
    await assert.rejects(readScoreFile(folder), /is a folder, not a file/);
  });
});

describe('writeScoreFile', () => {
  it('is read back as it was, whatever the names', async () => {
    const file = join(folder, 'deep/er/scores.csv');
    const names = [
      'a.jpg',
      'a, b;c\td.jpg',
      '"q".jpg',
      ' blank .jpg',
      '😀.jpg',
      "it's.jpg",
      '082_061.jpg',
      '-1',
    ];
    const rows = names.map((path, i) => ({
      path,
      score: 0.1 * i ** 5 - 1 / 3,
      label: i % 2 ? 'attack' : 'bona fide',
    }));
    await writeScoreFile(file, rows);
    const back = await readScoreFile(file);
    assert.deepEqual(
      back.rows.map(({ path, score, label }) => ({ path, score, label })),
      rows,
    );
    assert.deepEqual([back.dropped, back.notes], [[], []]);
  });

  it('writes a column for each further name', async () => {
    const file = join(folder, 'classes.csv');
    await writeScoreFile(file, [
      { path: 'a.jpg', score: 0.75, extra: { live: 0.75, spoof: 0.25 } },
      { path: 'b.jpg', score: 0.5, extra: { live: 0.5, spoof: 0.5 } },
    ]);
    assert.deepEqual((await readScoreFile(file)).rows[1].extra, { live: '0.5', spoof: '0.5' });
  });

  it('refuses what could not be read back', async () => {
    const file = join(folder, 'bad.csv');
    await assert.rejects(writeScoreFile(file, [{ path: 'a', score: Number.NaN }]), RangeError);
    await assert.rejects(writeScoreFile(file, [{ path: 'a\nb', score: 1 }]), Problem);
  });
});
