import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Protocol } from '../../../src/dataset/protocol/protocol.js';
import { readProtocol } from '../../../src/dataset/protocol/read-protocol.js';
import { Problem } from '../../../src/problem.js';

describe('readProtocol', () => {
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'protocol-'))));
  after(() => rm(folder, { recursive: true }));

  async function read(content: string | Uint8Array, identities?: string): Promise<Protocol> {
    const file = join(folder, 'pairs.txt');
    await writeFile(file, content);
    if (identities === undefined) return await readProtocol(file);
    await writeFile(join(folder, 'identities.txt'), identities);
    return await readProtocol(file, { identities: join(folder, 'identities.txt') });
  }

  const shown = ({ pairs }: Protocol) => pairs.map(({ a, b, genuine }) => [a, b, genuine]);
  const expected = [
    ['p/1.jpg', 'p/2.jpg', true],
    ['p/1.jpg', 'q/1.jpg', false],
  ];

  describe('of a table', () => {
    for (const [words, text] of [
      ['commas and a header', 'file_a,file_b,same\np/1.jpg,p/2.jpg,1\np/1.jpg,q/1.jpg,0\n'],
      ['no header', 'p/1.jpg,p/2.jpg,1\np/1.jpg,q/1.jpg,0\n'],
      ['other names, another order', 'label,Image1,Image2\n1,p/1.jpg,p/2.jpg\n0,p/1.jpg,q/1.jpg\n'],
      ['semicolons', 'a;b;genuine\np/1.jpg;p/2.jpg;true\np/1.jpg;q/1.jpg;false\n'],
      ['tabs', 'p/1.jpg\tp/2.jpg\tsame\np/1.jpg\tq/1.jpg\tdifferent\n'],
      ['spaces and labels 1 and -1', 'p/1.jpg p/2.jpg 1\np/1.jpg q/1.jpg -1\n'],
      [
        'a byte-order mark and CRLF',
        '\ufefffile_a,file_b,same\r\np/1.jpg,p/2.jpg,1\r\np/1.jpg,q/1.jpg,0\r\n',
      ],
      ['backslashes, ./ and blank lines', '\np\\1.jpg,./p/2.jpg,1\n\n,,\n"p/1.jpg", q/1.jpg ,0'],
    ]) {
      it(`with ${words}`, async () => {
        const protocol = await read(text);
        assert.equal(protocol.format, 'csv');
        assert.deepEqual(shown(protocol), expected);
        assert.deepEqual(protocol.dropped, []);
      });
    }

    it('in UTF-16', async () => {
      const text = 'file_a,file_b,same\np/1.jpg,p/2.jpg,1\np/1.jpg,q/1.jpg,0\n';
      assert.deepEqual(shown(await read(Buffer.from('\ufeff' + text, 'utf16le'))), expected);
    });

    it('with names that hold commas, blanks and quotes', async () => {
      const protocol = await read('file_a,file_b,same\n"a, b.jpg","it""s c.jpg",0\nä ö.jpg,😀.jpg,1\n');
      assert.deepEqual(shown(protocol), [
        ['a, b.jpg', 'it"s c.jpg', false],
        ['ä ö.jpg', '😀.jpg', true],
      ]);
    });

    it('keeps line and position of a pair when others are dropped, each with its reason', async () => {
      const { pairs, dropped } = await read(
        [
          'file_a,file_b,same',
          'a1.jpg,a2.jpg,1',
          'a1.jpg,a1.jpg,1',
          'a1.jpg,b1.jpg',
          'a1.jpg,b1.jpg,maybe',
          'b1.jpg,a1.jpg,0',
          'a2.jpg,a1.jpg,1',
          'a2.jpg,c1.jpg,0',
          'c1.jpg,a2.jpg,1',
        ].join('\n'),
      );
      assert.deepEqual(
        pairs.map(({ line, index }) => [line, index]),
        [
          [2, 0],
          [6, 4],
        ],
      );
      assert.deepEqual(
        dropped.map(({ line, kind, reason }) => [line, kind, reason]),
        [
          [3, 'same-image', 'compares an image with itself'],
          [4, 'fields', 'does not hold two files and a label'],
          [5, 'label', 'its label "maybe" is neither 1 nor 0'],
          [7, 'duplicate', 'is the pair of line 2, the other way round'],
          [8, 'contradiction', 'is labelled same and different (lines 8, 9)'],
          [9, 'contradiction', 'is labelled same and different (lines 8, 9)'],
        ],
      );
    });

    it('refuses a header without a label, an open quote, no rows, and what is no text', async () => {
      await assert.rejects(read('file_a,file_b,score\na,b,0.7\n'), /names no column for the label/);
      await assert.rejects(read('file_a,file_b,same\n"a,b,1\n'), (error) => error instanceof Problem);
      await assert.rejects(read(''), /holds no pair/);
      await assert.rejects(read('a.jpg,a.jpg,1\n'), /no usable pair; line 1 compares an image with itself/);
      await assert.rejects(read(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)), /is not a text file/);
      await assert.rejects(readProtocol(join(folder, 'none.csv')), /does not exist/);
    });
  });

  describe("of LFW's pairs.txt", () => {
    const folds = '2\t1\nAnn_Lee\t1\t4\nAnn_Lee\t2\tBo\t11\nBo\t1\t2\nBo\t1\tCy\t3\n';

    it('has names, numbers and folds', async () => {
      const protocol = await read(folds);
      assert.equal(protocol.format, 'lfw');
      assert.deepEqual(shown(protocol), [
        ['Ann_Lee/Ann_Lee_0001.jpg', 'Ann_Lee/Ann_Lee_0004.jpg', true],
        ['Ann_Lee/Ann_Lee_0002.jpg', 'Bo/Bo_0011.jpg', false],
        ['Bo/Bo_0001.jpg', 'Bo/Bo_0002.jpg', true],
        ['Bo/Bo_0001.jpg', 'Cy/Cy_0003.jpg', false],
      ]);
      assert.deepEqual(
        protocol.pairs.map(({ fold, identityA, identityB }) => [fold, identityA, identityB]),
        [
          [1, 'Ann_Lee', 'Ann_Lee'],
          [1, 'Ann_Lee', 'Bo'],
          [2, 'Bo', 'Bo'],
          [2, 'Bo', 'Cy'],
        ],
      );
      assert.deepEqual(protocol.notes, []);
    });

    it('without folds, and as xSSAB has it, without a first line', async () => {
      const development = await read('1\nAnn_Lee\t1\t4\nAnn_Lee\t2\tBo\t11\n');
      assert.deepEqual(
        development.pairs.map(({ fold }) => fold),
        [undefined, undefined],
      );
      const xssab = await read(folds.slice(folds.indexOf('\n') + 1));
      assert.equal(xssab.format, 'lfw');
      assert.equal(xssab.pairs.length, 4);
    });

    it('refuses a file that is cut off', async () => {
      await assert.rejects(read('2\t1\nAnn_Lee\t1\t4\n'), /announces 4 pairs; it holds 1/);
    });
  });

  describe("of xSSAB's numbered list", () => {
    const list = '00001.jpg 00002.jpg 1\n00003.jpg 00004.jpg -1\n00005.jpg 00006.jpg 1\n';

    it('links images by genuine pairs where persons are not given', async () => {
      const protocol = await read(list);
      assert.equal(protocol.format, 'numbered');
      assert.deepEqual(
        protocol.pairs.map(({ genuine, identityA, identityB }) => [genuine, identityA === identityB]),
        [
          [true, true],
          [false, false],
          [true, true],
        ],
      );
      assert.deepEqual(
        protocol.notes.map(({ kind }) => kind),
        ['identities'],
      );
    });

    it('takes persons from the list of identities', async () => {
      const { pairs, notes } = await read(list, 'Ann\t1\t2\nAnn\t3\tBo\t1\nBo\t2\t3\n');
      assert.deepEqual(
        pairs.map(({ identityA, identityB }) => [identityA, identityB]),
        [
          ['Ann', 'Ann'],
          ['Ann', 'Bo'],
          ['Bo', 'Bo'],
        ],
      );
      assert.deepEqual(notes, []);
    });

    it('refuses identities of other pairs', async () => {
      await assert.rejects(read(list, 'Ann\t1\t2\n'), /names the persons of 1 pairs/);
      await assert.rejects(read(list, 'Ann\t1\t2\nAnn\t3\t4\nBo\t2\t3\n'), /line 2 is a genuine pair/);
    });
  });

  describe('identities', () => {
    const kinds = ({ notes }: Protocol): string[] => notes.map(({ kind }) => kind);

    it('are taken from the part of the path that agrees with every label', async () => {
      const frll = await read('n/001_03.jpg,s/001_08.jpg,1\nn/001_03.jpg,s/002_08.jpg,0\n');
      assert.deepEqual([frll.pairs[1].identityA, frll.pairs[1].identityB], ['001', '002']);
      assert.match(frll.notes[0].text, /up to the last _/);
      const folders = await read('ann/x1.jpg,ann/x2.jpg,1\nann/x1.jpg,bo/x1.jpg,0\n');
      assert.deepEqual([folders.pairs[1].identityA, folders.pairs[1].identityB], ['ann', 'bo']);
    });

    it('are linked by genuine pairs where no part agrees', async () => {
      const protocol = await read('a.jpg,b.jpg,1\nb.jpg,c.jpg,1\nc.jpg,d.jpg,0\n');
      const [first, second, third] = protocol.pairs;
      assert.equal(new Set([first.identityA, first.identityB, second.identityA, second.identityB]).size, 1);
      assert.equal(third.identityA, first.identityA);
      assert.notEqual(third.identityB, first.identityA);
    });

    it('are those of the columns where there are such', async () => {
      const { pairs, notes } = await read(
        'file_a,file_b,same,identity_a,identity_b\n1.jpg,2.jpg,1,x,x\n1.jpg,3.jpg,0,x,y\n',
      );
      assert.deepEqual([pairs[1].identityA, pairs[1].identityB], ['x', 'y']);
      assert.deepEqual(notes, []);
    });

    it('are noted where an impostor pair is linked to one person', async () => {
      const protocol = await read('a.jpg,b.jpg,1\nb.jpg,c.jpg,1\nc.jpg,a.jpg,0\n');
      assert.deepEqual(kinds(protocol), ['linked-impostors', 'identities']);
      assert.match(protocol.notes[0].text, /1 impostor pairs.*\(lines 3\)/);
    });

    it('of one class only are noted, with what cannot be measured', async () => {
      assert.match((await read('a.jpg,b.jpg,1\n')).notes.at(-1)!.text, /no FMR, EER/);
      assert.match((await read('a.jpg,b.jpg,0\n')).notes.at(-1)!.text, /no FNMR, EER/);
    });
  });
});
