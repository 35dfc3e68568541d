import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Protocol } from '../../../src/dataset/protocol/protocol.js';
import { readProtocol } from '../../../src/dataset/protocol/read-protocol.js';
import { resolveImages } from '../../../src/dataset/protocol/resolve-images.js';

describe('resolveImages', () => {
  let root = '';
  let folders = 0;
  before(async () => (root = await mkdtemp(join(tmpdir(), 'images-'))));
  after(() => rm(root, { recursive: true }));

  async function resolve(list: string, files: readonly string[]): Promise<Protocol> {
    const folder = join(root, String(folders++));
    await mkdir(join(folder, 'sub'), { recursive: true });
    for (const file of files) await writeFile(join(folder, file), '');
    await writeFile(join(root, 'list'), list);
    return await resolveImages(await readProtocol(join(root, 'list')), folder);
  }

  it('drops the pairs with a missing file, naming it, and sees that a class is gone', async () => {
    const list = 'sub/a.jpg,b.jpg,1\nb.jpg,c.jpg,0\nd.jpg,c.jpg,0\n';
    const { pairs, dropped, notes } = await resolve(list, ['sub/a.jpg', 'b.jpg']);
    assert.deepEqual(
      pairs.map(({ line }) => line),
      [1],
    );
    assert.deepEqual(
      dropped.map(({ line, kind, reason }) => [line, kind, reason]),
      [
        [2, 'missing-file', 'c.jpg is not in the image folder'],
        [3, 'missing-file', 'd.jpg and c.jpg are not in the image folder'],
      ],
    );
    assert.ok(notes.some(({ kind }) => kind === 'one-class'));
  });

  it('takes no folder for an image', async () => {
    await assert.rejects(resolve('sub,b.jpg,1\n', ['b.jpg']), /none of the 1 pairs has both images/);
  });

  describe('with numbers', () => {
    const list = '00001.jpg 00002.jpg 1\n00003.jpg 00004.jpg -1\n';
    const files = ({ pairs }: Protocol): string[] => pairs.flatMap(({ a, b }) => [a, b]);

    it('counts from 0 where the folder does, whatever follows the number', async () => {
      const found = await resolve(list, ['0.jpg', '1_Ann.png', '00002.jpg', '3.jpg']);
      assert.deepEqual(files(found), ['0.jpg', '1_Ann.png', '00002.jpg', '3.jpg']);
      assert.match(found.notes.at(-1)!.text, /number n of the list is image n - 1/);
    });

    it('counts from 1 where the folder does', async () => {
      const found = await resolve(list, ['00001.jpg', '00002.jpg', '00003.jpg', '00004.jpg']);
      assert.deepEqual(files(found), ['00001.jpg', '00002.jpg', '00003.jpg', '00004.jpg']);
    });

    it('refuses to guess', async () => {
      await assert.rejects(
        resolve(list, ['0.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg']),
        /both an image 0 and an image 4/,
      );
      await assert.rejects(resolve(list, ['1.jpg', '2.jpg', '3.jpg']), /neither an image 0 nor an image 4/);
      await assert.rejects(resolve(list, ['1.jpg', '01.png']), /have the same number/);
    });
  });
});
