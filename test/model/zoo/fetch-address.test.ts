import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { CatalogueEntry } from '../../../src/model/zoo/catalogue-entry.js';
import { fetchFiles } from '../../../src/model/zoo/fetch-files.js';
import { Problem } from '../../../src/problem.js';
import { serve } from './loopback-server.js';
import type { LoopbackServer } from './loopback-server.js';

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 251));
/** `printf 'the quick brown fox' | bzip2`. */
const bzip2 = Buffer.from(
  'QlpoOTFBWSZTWVLKCtsAAAeRgEAAG2m2wCAAIhBo9RtTahTAATTYjAFz7lUdFJN8XckU4UJBSygrbA==',
  'base64',
);

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('fetchFiles from an address', () => {
  let home: string;
  let server: LoopbackServer | undefined;
  beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'faceprobe-zoo-'))));
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await rm(home, { recursive: true });
  });

  async function entryServedBy(
    answer: RequestListener,
    change: Partial<CatalogueEntry> = {},
  ): Promise<CatalogueEntry> {
    server = await serve(answer);
    return {
      name: 'thing',
      task: 'landmarks',
      what: 'a test',
      licence: 'CC0-1.0',
      source: { kind: 'address', url: `${server.origin}/thing.dat`, compression: 'none' },
      files: [{ path: 'thing.dat', sha256: sha256(content), bytes: content.length }],
      ...change,
    };
  }

  /** Answers a range request as a server should. */
  const answerRange: RequestListener = (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start });
    response.end(content.subarray(start));
  };

  it('brings the file once, whoever asks, and reports the bytes', async () => {
    const entry = await entryServedBy(answerRange);
    const reports: number[] = [];
    const onProgress = ({ received, total }: { received: number; total: number | undefined }) => {
      assert.equal(total, content.length);
      reports.push(received);
    };
    const paths = await Promise.all([
      fetchFiles(entry, { home, onProgress }),
      fetchFiles(entry, { home, onProgress }),
    ]);
    for (const [path] of [...paths, await fetchFiles(entry, { home })]) {
      assert.deepEqual(await readFile(path), content);
    }
    assert.equal(server!.requests.length, 1);
    assert.equal(reports.at(-1), content.length);
    assert.deepEqual(await readdir(join(home, 'zoo', 'thing')), ['thing.dat']);
  });

  it('takes a download that was cut off up where it stopped', async () => {
    let cut = true;
    const entry = await entryServedBy((request, response) => {
      if (!cut) {
        answerRange(request, response);
        return;
      }
      cut = false;
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 100));
    });
    await assert.rejects(fetchFiles(entry, { home }), Problem);
    const folder = join(home, 'zoo', 'thing');
    assert.ok(!(await readdir(folder)).includes('thing.dat'), 'a broken file lies under the final name');
    const [path] = await fetchFiles(entry, { home });
    assert.deepEqual(await readFile(path), content);
    const [, second] = server!.requests;
    assert.match(second, /^GET \/thing\.dat bytes=[1-9]\d*-$/);
  });

  it('starts again where the left part belongs to another file', async () => {
    const entry = await entryServedBy(answerRange);
    await mkdir(join(home, 'zoo', 'thing'), { recursive: true });
    await writeFile(join(home, 'zoo', 'thing', 'thing.dat.0.part'), Buffer.alloc(1000));
    const [path] = await fetchFiles(entry, { home });
    assert.deepEqual(await readFile(path), content);
    assert.deepEqual(server!.requests, ['GET /thing.dat bytes=1000-', 'GET /thing.dat']);
  });

  it('starts again where the server knows no ranges', async () => {
    const entry = await entryServedBy((_request, response) => response.end(content));
    await mkdir(join(home, 'zoo', 'thing'), { recursive: true });
    await writeFile(join(home, 'zoo', 'thing', 'thing.dat.0.part'), content.subarray(0, 1000));
    const [path] = await fetchFiles(entry, { home });
    assert.deepEqual(await readFile(path), content);
  });

  it('unpacks bzip2 and checks what came out', async () => {
    const text = Buffer.from('the quick brown fox');
    const files = [{ path: 'fox.txt', sha256: sha256(text), bytes: 300 }];
    const entry = await entryServedBy((_request, response) => response.end(bzip2), { files });
    entry.source = { kind: 'address', url: `${server!.origin}/fox.bz2`, compression: 'bzip2' };
    const [path] = await fetchFiles(entry, { home });
    assert.equal(await readFile(path, 'utf8'), 'the quick brown fox');
    assert.deepEqual(await readdir(join(home, 'zoo', 'thing')), ['fox.txt']);
  });

  it('refuses a wrong checksum, says what was expected and got, and keeps nothing', async () => {
    const other = Buffer.from(content).fill(7);
    for (const compression of ['none', 'bzip2'] as const) {
      const entry = await entryServedBy((_request, response) => response.end(other));
      entry.source = { kind: 'address', url: `${server!.origin}/thing.dat`, compression };
      await assert.rejects(fetchFiles(entry, { home }), (error) => {
        assert.ok(error instanceof Problem);
        assert.ok(error.message.includes(sha256(content)), error.message);
        if (compression === 'none') assert.ok(error.message.includes(sha256(other)), error.message);
        return true;
      });
      assert.deepEqual(await readdir(join(home, 'zoo', 'thing')), []);
      await server!.close();
      server = undefined;
    }
  });

  it('refuses more bytes than the catalogue says', async () => {
    const entry = await entryServedBy((_request, response) =>
      response.end(Buffer.concat([content, content])),
    );
    await assert.rejects(fetchFiles(entry, { home }), /more than the 300000 bytes/);
    assert.deepEqual(await readdir(join(home, 'zoo', 'thing')), []);
  });

  it('replaces a file of the cache that was damaged', async () => {
    const entry = await entryServedBy(answerRange);
    const [path] = await fetchFiles(entry, { home });
    await writeFile(path, 'damaged');
    assert.deepEqual(await readFile((await fetchFiles(entry, { home }))[0]), content);
    await writeFile(path, 'damaged');
    await server!.close();
    server = undefined;
    await assert.rejects(fetchFiles(entry, { home }), (error) => {
      assert.ok(error instanceof Problem);
      assert.ok(error.message.includes(sha256(Buffer.from('damaged'))), error.message);
      assert.match(error.message, /was removed/);
      return true;
    });
    assert.deepEqual(await readdir(join(home, 'zoo', 'thing')), []);
  });

  it('tells what to do where the server does not answer or has no such file', async () => {
    const entry = await entryServedBy((_request, response) => response.writeHead(404).end());
    const remedy = /404.*faceprobe models pull thing.*FACEPROBE_HOME/;
    await assert.rejects(
      fetchFiles(entry, { home }),
      (error) => error instanceof Problem && remedy.test(error.message),
    );
    await server!.close();
    server = undefined;
    await assert.rejects(fetchFiles(entry, { home }), /thing: .*ECONNREFUSED.*faceprobe models pull thing/);
  });

  it('stops when the signal says so', async () => {
    const controller = new AbortController();
    const entry = await entryServedBy((_request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 1000), () => setTimeout(() => controller.abort(), 20));
    });
    await assert.rejects(fetchFiles(entry, { home, signal: controller.signal }), { name: 'AbortError' });
  });
});
