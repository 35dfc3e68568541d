import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { walkImages } from '../../src/dataset/walk-images.js';
import { Problem } from '../../src/problem.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function touch(...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
}

describe('walkImages', () => {
  it('finds every extension in upper and lower case, below any number of folders, in one order', async () => {
    touch(
      'b/x.jpg',
      'b.png',
      'a/1/2/3/y.JPEG',
      'c.BMP',
      'd.tif',
      'e.TIFF',
      'f.WebP',
      'g.jpg.txt',
      'h.gif',
      'jpg',
    );
    assert.deepEqual(await walkImages(root), {
      images: ['a/1/2/3/y.JPEG', 'b.png', 'b/x.jpg', 'c.BMP', 'd.tif', 'e.TIFF', 'f.WebP'],
      problems: [],
    });
  });

  it('keeps spaces, quotes, emoji and dots in names as they are', async () => {
    const names = [' a .jpg', '"q\'.jpg', '..hidden.jpg', 'x..y/..z/a.jpg', 'ä/é.jpg', '😀/🙂.png'];
    touch(...names);
    assert.deepEqual((await walkImages(root)).images, [...names].sort());
  });

  it('follows links, but not in circles', async () => {
    touch('a/x.jpg', 'b/y.jpg');
    symlinkSync(join(root, 'b'), join(root, 'a/to-b'));
    symlinkSync(root, join(root, 'a/up'));
    symlinkSync(join(root, 'a/x.jpg'), join(root, 'z.jpg'));
    symlinkSync(join(root, 'none.jpg'), join(root, 'broken.jpg'));
    symlinkSync('self.jpg', join(root, 'self.jpg'));
    const { images, problems } = await walkImages(root);
    assert.deepEqual(images, ['a/to-b/y.jpg', 'a/x.jpg', 'b/y.jpg', 'z.jpg']);
    const lines = problems.map(({ message }) => message.replace(root, '')).sort();
    assert.equal(lines.length, 3);
    assert.match(lines[0], /^\/a\/up: is a link to a folder that it lies in/);
    assert.match(lines[1], /^\/broken\.jpg: does not exist/);
    assert.match(lines[2], /^\/self\.jpg: is a link that leads back to itself/);
  });

  it('refuses a folder that does not exist, is a file, or holds no image', async () => {
    touch('a.jpg', 'empty/readme.txt');
    const refused = async (path: string): Promise<string> => {
      const error: unknown = await walkImages(path).catch((reason: unknown) => reason);
      assert.ok(error instanceof Problem);
      return error.message;
    };
    assert.match(await refused(join(root, 'none')), /none: does not exist/);
    assert.match(await refused(join(root, 'a.jpg')), /is, or lies under, a file where a folder is needed/);
    assert.match(await refused(join(root, 'empty')), /holds no image \(\.jpg /);
  });

  it('names a folder that may not be read, and goes on', async (context) => {
    touch('a/x.jpg', 'locked/y.jpg');
    chmodSync(root, 0o755);
    chmodSync(join(root, 'locked'), 0);
    if (process.getuid?.() !== 0) {
      const { images, problems } = await walkImages(root);
      assert.deepEqual(images, ['a/x.jpg']);
      assert.match(problems[0].message, /locked: may not be accessed by this user/);
      return;
    }
    // The superuser reads everything: ask as somebody else.
    const module = new URL('../../src/dataset/walk-images.js', import.meta.url).href;
    const script = `import(${JSON.stringify(module)}).then(async ({ walkImages }) => {
      const { images, problems } = await walkImages(${JSON.stringify(root)});
      console.log(JSON.stringify([images, problems.map((problem) => problem.message)]));
    })`;
    const child = spawnSync(process.execPath, ['-e', script], { uid: 65534, gid: 65534, encoding: 'utf8' });
    if (child.status !== 0) {
      context.skip('this machine does not let another user run node here');
      return;
    }
    const [images, problems] = JSON.parse(child.stdout) as [string[], string[]];
    assert.deepEqual(images, ['a/x.jpg']);
    assert.match(problems[0], /locked: may not be accessed by this user/);
  });
});
