import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileProblem } from '../../src/dataset/file-problem.js';
import { temporaryName, writeFileAtomic, writeFileAtomicSync } from '../../src/dataset/write-file-atomic.js';
import { Problem } from '../../src/problem.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const writers = {
  writeFileAtomic,
  writeFileAtomicSync: async (path: string, content: string | Uint8Array): Promise<void> => {
    await Promise.resolve();
    writeFileAtomicSync(path, content);
  },
};

for (const [name, write] of Object.entries(writers)) {
  describe(name, () => {
    it('makes the folders, replaces what was there and leaves nothing else', async () => {
      const path = join(root, 'a/b/c.txt');
      await write(path, 'one');
      await write(path, new Uint8Array([0x74, 0x77, 0x6f]));
      assert.equal(readFileSync(path, 'utf8'), 'two');
      assert.deepEqual(readdirSync(join(root, 'a/b')), ['c.txt']);
    });

    it('writes names of the greatest length that a file system takes', async () => {
      const path = join(root, 'x'.repeat(251) + '.png');
      await write(path, 'x');
      assert.ok(existsSync(path));
    });

    it('says in one line why it could not, and leaves what was there', async () => {
      writeFileSync(join(root, 'file'), 'kept');
      mkdirSync(join(root, 'folder/sub'), { recursive: true });
      const cases: [string, RegExp][] = [
        ['file/a.txt', /a\.txt: is, or lies under, a file where a folder is needed/],
        ['folder', /folder: is a folder, not a file/],
        ['y'.repeat(300), /has too long a name/],
      ];
      for (const [path, message] of cases) {
        await assert.rejects(
          write(join(root, path), 'x'),
          (error) => error instanceof Problem && message.test(error.message),
        );
      }
      assert.equal(readFileSync(join(root, 'file'), 'utf8'), 'kept');
      assert.deepEqual(readdirSync(root).sort(), ['file', 'folder']);
    });
  });
}

it('temporaryName tells unfinished outputs from all others', () => {
  assert.match('.faceprobe-12-0-3.tmp', temporaryName);
  for (const name of ['a.tmp', '.faceprobe-lock', 'x.faceprobe-1-1-1.tmp'])
    assert.doesNotMatch(name, temporaryName);
});

it(
  'fileProblem says that the disk is full',
  { skip: !existsSync('/dev/full') && 'there is no /dev/full' },
  () => {
    let error: unknown;
    try {
      writeFileSync('/dev/full', 'x');
    } catch (reason) {
      error = fileProblem(reason, 'out/a.png');
    }
    assert.ok(error instanceof Problem);
    assert.match(error.message, /^out\/a\.png: cannot be written: the disk is full \(make room/);
  },
);
