import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readProtocol } from '../../src/dataset/protocol/read-protocol.js';
import { resolveImages } from '../../src/dataset/protocol/resolve-images.js';

const data = process.env.FACEPROBE_DATA ?? '';

describe('the pair lists of the data folder', { skip: data === '' && 'FACEPROBE_DATA is not set' }, () => {
  for (const [name, genuine, impostor, persons] of [
    ['frll', 66, 132, 66],
    ['lfw10', 225, 110, 5],
  ] as const) {
    it(`${name}: every pair is usable and every person known`, async () => {
      const folder = join(data, name);
      const { pairs, dropped } = await resolveImages(await readProtocol(join(folder, 'pairs.csv')), folder);
      assert.deepEqual(dropped, []);
      assert.equal(pairs.filter((pair) => pair.genuine).length, genuine);
      assert.equal(pairs.filter((pair) => !pair.genuine).length, impostor);
      assert.equal(
        new Set(pairs.flatMap(({ identityA, identityB }) => [identityA, identityB])).size,
        persons,
      );
    });
  }
});
