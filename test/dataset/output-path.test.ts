import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { outputPath } from '../../src/dataset/output-path.js';
import { Problem } from '../../src/problem.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('outputPath', () => {
  it('joins a path inside the folder, which need not exist', () => {
    for (const relative of ['a.png', 'a/b/c.png', '..a/b..png', '...', './a.png', 'a//b.png', '😀 "x".png']) {
      assert.equal(outputPath(join(root, 'out'), relative), join(root, 'out', relative));
    }
  });

  const outside = [
    '../a.png',
    '..',
    'a/../../b.png',
    'a/..',
    'a/../b.png',
    '..\\a.png',
    'a\\..\\..\\b.png',
    '/etc/passwd',
    '\\\\server\\share\\a.png',
    'C:\\a.png',
    'c:a.png',
    '',
    '.',
    'a/',
    'a\0b.png',
  ];
  for (const relative of outside) {
    it(`refuses ${JSON.stringify(relative)}`, () => {
      assert.throws(() => outputPath(root, relative), Problem);
    });
  }

  it('refuses a path through a link that leads outside, also where the end does not exist yet', () => {
    mkdirSync(join(root, 'out/real'), { recursive: true });
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'out/link'));
    symlinkSync(join(root, 'out/real'), join(root, 'out/inner'));
    const out = join(root, 'out');
    assert.throws(() => outputPath(out, 'link/a.png'), /leads through a link out of the output folder/);
    assert.throws(() => outputPath(out, 'link/new/deep/a.png'), /leads through a link/);
    assert.equal(outputPath(out, 'inner/a.png'), join(out, 'inner/a.png'));
  });

  it('accepts an output folder that is itself a link', () => {
    mkdirSync(join(root, 'disk'));
    symlinkSync(join(root, 'disk'), join(root, 'out'));
    assert.equal(outputPath(join(root, 'out'), 'a/b.png'), join(root, 'out/a/b.png'));
  });
});
