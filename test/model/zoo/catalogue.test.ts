import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { catalogueEntrySchema } from '../../../src/model/zoo/catalogue-entry.js';
import { builtInCatalogue, findEntry, readCatalogue } from '../../../src/model/zoo/catalogue.js';
import { homeFolder } from '../../../src/model/zoo/home-folder.js';
import { listModels } from '../../../src/model/zoo/list-models.js';
import { Problem } from '../../../src/problem.js';

describe('the built-in catalogue', () => {
  it('holds only valid entries with names of their own', () => {
    for (const entry of builtInCatalogue) {
      const result = catalogueEntrySchema.safeParse(entry);
      assert.ok(result.success, `${entry.name}: ${result.error?.message}`);
      const names = entry.files.map(({ path }) => basename(path));
      assert.equal(
        new Set(names).size,
        names.length,
        `${entry.name}: two files would have one name in the cache`,
      );
    }
    const names = builtInCatalogue.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });
});

describe('the catalogue of a user', () => {
  let home: string;
  before(async () => (home = await mkdtemp(join(tmpdir(), 'faceprobe-home-'))));
  after(() => rm(home, { recursive: true }));

  const own = {
    name: 'fr_liveness',
    task: 'pad',
    what: 'ours',
    licence: 'none',
    source: { kind: 'address', url: 'http://127.0.0.1/a.onnx' },
    files: [{ path: 'a.onnx', sha256: 'a'.repeat(64), bytes: 3 }],
  };

  it('replaces built-in entries by name and is listed', async () => {
    await writeFile(join(home, 'catalogue.json'), JSON.stringify([own]));
    assert.equal((await findEntry('fr-liveness', home)).what, 'ours');
    assert.equal((await readCatalogue(home)).length, builtInCatalogue.length);
    const before = (await listModels({ home })).find(({ name }) => name === 'fr_liveness');
    assert.deepEqual([before?.cached, before?.bytes, before?.origin], [false, 3, 'http://127.0.0.1/a.onnx']);
    await mkdir(join(home, 'zoo', 'fr_liveness'), { recursive: true });
    await writeFile(join(home, 'zoo', 'fr_liveness', 'a.onnx'), 'abc');
    assert.equal((await listModels({ home })).find(({ name }) => name === 'fr_liveness')?.cached, true);
  });

  it('is refused with the field that is wrong', async () => {
    const faults: [object, RegExp][] = [
      [{ source: { ...own.source, url: 'ftp://127.0.0.1/a' } }, /0\.source\.url/],
      [{ source: { kind: 'package', package: 'x', version: 'latest' } }, /exact version/],
      [{ files: [{ ...own.files[0], path: '../../a.onnx' }] }, /files\.0\.path/],
      [{ files: [{ ...own.files[0], sha256: 'abc' }] }, /files\.0\.sha256/],
      [{ name: '../x' }, /0\.name/],
    ];
    for (const [change, said] of faults) {
      await writeFile(join(home, 'catalogue.json'), JSON.stringify([{ ...own, ...change }]));
      await assert.rejects(
        readCatalogue(home),
        (error) => error instanceof Problem && said.test(error.message),
      );
    }
  });

  it('does not know other names, and lists those it knows', async () => {
    await writeFile(join(home, 'catalogue.json'), '[]');
    await assert.rejects(findEntry('no-such-model', home), /no-such-model: .*fr_feature.*photographs/);
  });
});

describe('homeFolder', () => {
  it('is the given folder, else FACEPROBE_HOME, else the cache of the system', () => {
    const before = process.env.FACEPROBE_HOME;
    process.env.FACEPROBE_HOME = 'somewhere';
    assert.equal(homeFolder('given'), resolve('given'));
    assert.equal(homeFolder(), resolve('somewhere'));
    process.env.FACEPROBE_HOME = '';
    assert.match(homeFolder(), /faceprobe/);
    if (before === undefined) delete process.env.FACEPROBE_HOME;
    else process.env.FACEPROBE_HOME = before;
  });
});
