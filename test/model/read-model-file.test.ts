import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readModelFile } from '../../src/model/read-model-file.js';
import { Problem } from '../../src/problem.js';

function manifest(...paths: readonly string[]): string {
  const weights = [{ name: 'w', shape: [2], dtype: 'float32' }];
  return JSON.stringify({ modelTopology: { node: [] }, weightsManifest: [{ paths, weights }] });
}

describe('readModelFile', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'faceprobe-files-'))));
  after(() => rm(folder, { recursive: true }));

  it('brings the weight files that a model names, and one digest of all of them', async () => {
    await mkdir(join(folder, 'weights'));
    const file = join(folder, 'model.json');
    const shard = join(folder, 'weights', '1.bin');
    await writeFile(file, manifest('weights/1.bin'));
    await writeFile(shard, Uint8Array.of(1, 2, 3));
    const { shards, sha256 } = await readModelFile(file);
    assert.deepEqual(shards, new Map([['weights/1.bin', Uint8Array.of(1, 2, 3)]]));
    const command = 'sha256sum "$0" "$1" | cut -d" " -f1 | sha256sum';
    const expected = execFileSync('sh', ['-c', command, file, shard], { encoding: 'utf8' }).slice(0, 64);
    assert.equal(sha256, expected);
    await writeFile(shard, Uint8Array.of(1, 2, 4));
    assert.notEqual((await readModelFile(file)).sha256, sha256);
  });

  it('names a weight file that is not there, or outside the folder', async () => {
    const file = join(folder, 'lonely.json');
    const rejects = (said: RegExp) =>
      assert.rejects(
        readModelFile(file),
        (error) => error instanceof Problem && said.test(error.message) && !error.message.includes('\n'),
      );
    await writeFile(file, manifest('none.bin'));
    await rejects(/none\.bin: the weight file that .*lonely\.json names cannot be read: ENOENT/);
    await writeFile(file, manifest('../model.bin'));
    await rejects(/lonely\.json: its manifest names the weight file \.\.\/model\.bin, which is outside/);
  });
});
