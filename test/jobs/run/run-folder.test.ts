import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { RunFolder, type RunRequest } from '../../../src/jobs/run/run-folder.js';
import type { RunRecord } from '../../../src/jobs/run/run-record.js';
import { Problem } from '../../../src/problem.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const settings = { scale: 1.5, regions: ['nose', 'mouth'], align: undefined };
const open = (request: Partial<RunRequest> = {}) =>
  RunFolder.open({ folder: root, command: 'occlude', settings, ...request });
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const record = () => JSON.parse(read('run.json')) as RunRecord;
const lock = () => join(root, '.faceprobe.lock');

/** The one line of the Problem that a promise or a function ends with. */
async function refusal(opening: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof opening === 'function' ? opening() : opening);
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    assert.ok(!error.message.includes('\n'));
    return error.message;
  }
  assert.fail('nothing was thrown');
}

async function results(run: RunFolder): Promise<unknown[]> {
  const entries = [];
  for await (const entry of run.results()) entries.push(entry);
  return entries;
}

describe('RunFolder', () => {
  it('goes on where the settings are the same in whatever order, and cuts off a torn line', async () => {
    const first = await open();
    assert.equal(record().status, 'running');
    first.finish({ item: 'a.jpg', result: { score: 0.1 } });
    first.finish({ item: 'b.jpg', result: null });
    first.close('stopped');
    appendFileSync(join(root, 'results.jsonl'), '{"item":"c.jpg","resu');

    const second = await open({ settings: { regions: ['nose', 'mouth'], scale: 1.5 } });
    assert.deepEqual([...second.finished], ['a.jpg', 'b.jpg']);
    second.finish({ item: 'c.jpg', result: 3 });
    second.close('done');
    const third = await open();
    assert.deepEqual(await results(third), [
      { item: 'a.jpg', result: { score: 0.1 } },
      { item: 'b.jpg', result: null },
      { item: 'c.jpg', result: 3 },
    ]);
    third.close('done');
    assert.deepEqual(readdirSync(root).sort(), ['results.jsonl', 'run.json']);
  });

  it('refuses other settings, another command and another version, and says which', async () => {
    (await open()).close('done');
    assert.match(
      await refusal(open({ settings: { ...settings, scale: 2, align: 'arcface' } })),
      /holds a run with another scale and 1 more: 1\.5, not 2 \(use another folder, or --no-resume/,
    );
    assert.match(await refusal(open({ command: 'crop' })), /holds a run of occlude/);
    writeFileSync(join(root, 'run.json'), JSON.stringify({ ...record(), versions: { faceprobe: '0.0.1' } }));
    assert.match(await refusal(open()), /holds a run of faceprobe 0\.0\.1, not /);
    assert.ok(!existsSync(lock()), 'the lock is given back');
  });

  it('starts over where it is asked to, and where the record of a journal is gone', async () => {
    const first = await open();
    first.finish({ item: 'a.jpg', result: 1 });
    first.close('done');
    const over = await open({ settings: { scale: 9 }, resume: false });
    assert.equal(over.finished.size, 0);
    over.finish({ item: 'b.jpg', result: 2 });
    over.close('done');
    rmSync(join(root, 'run.json'));
    const fresh = await open();
    assert.deepEqual(await results(fresh), []);
    fresh.close('done');
    writeFileSync(join(root, 'run.json'), '{"comm');
    assert.match(await refusal(open()), /run\.json: is no record of a run/);
  });

  it('keeps two programs out of one folder and takes over the lock of a dead one', async () => {
    const run = await open();
    assert.match(
      await refusal(open()),
      new RegExp(`another faceprobe \\(process ${process.pid} on .*\\) is writing into it \\(wait`),
    );
    run.close('done');

    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'close');
    const holders = { dead: dead.pid, 'of our number, from before a restart': process.pid };
    for (const pid of Object.values(holders)) {
      writeFileSync(lock(), JSON.stringify({ pid, host: hostname() }));
      (await open()).close('done');
      assert.ok(!existsSync(lock()));
    }

    const alive = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      writeFileSync(lock(), JSON.stringify({ pid: alive.pid, host: hostname() }));
      assert.match(await refusal(open()), /another faceprobe/);
    } finally {
      alive.kill();
    }
    writeFileSync(lock(), JSON.stringify({ pid: dead.pid, host: `not-${hostname()}` }));
    assert.match(await refusal(open()), /delete .*\.faceprobe\.lock if it no longer runs/);
    writeFileSync(lock(), '');
    assert.match(await refusal(open()), /another faceprobe is writing/);
    utimesSync(lock(), 0, 0);
    (await open()).close('done');
  });

  it('deletes what a killed run had half-written, and nothing else', async () => {
    (await open()).close('running');
    mkdirSync(join(root, 'deep/er'), { recursive: true });
    const halves = ['deep/er/.faceprobe-1-0-7.tmp', '.faceprobe-22-3-1.tmp'];
    for (const name of [...halves, 'deep/x.tmp']) writeFileSync(join(root, name), '');
    (await open()).close('done');
    for (const name of halves) assert.ok(!existsSync(join(root, name)), name);
    assert.ok(existsSync(join(root, 'deep/x.tmp')));
  });

  it('says in one line why a folder cannot be written to', async () => {
    writeFileSync(join(root, 'file'), '');
    assert.match(await refusal(open({ folder: join(root, 'file') })), /file: is in the way/);
    assert.match(await refusal(open({ folder: join(root, 'file/out') })), /is, or lies under, a file/);
  });

  const noFullDevice = !existsSync('/dev/full') && 'there is no /dev/full here';
  it('says in one line that the disk is full', { skip: noFullDevice }, async () => {
    const run = await open();
    for (const name of ['results.jsonl', 'run.log']) symlinkSync('/dev/full', join(root, name));
    const full = /(results\.jsonl|run\.log): cannot be written: the disk is full \(make room/;
    assert.match(await refusal(() => run.finish({ item: 'a', result: 1 })), full);
    assert.match(await refusal(() => run.log({ type: 'note', level: 'info', message: 'x' })), full);
    assert.equal(run.finished.size, 0);
    run.close('failed');
  });
});
