import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RunEvent } from '../../../src/jobs/events.js';
import type { JournalEntry } from '../../../src/jobs/run/journal.js';
import { RunFolder } from '../../../src/jobs/run/run-folder.js';
import { runItems } from '../../../src/jobs/run/run-items.js';
import type { RunRecord } from '../../../src/jobs/run/run-record.js';
import type { SquareItem, SquareOptions } from './square.task.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'faceprobe-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const program = fileURLToPath(new URL('./square-run.process.js', import.meta.url));

class Program {
  readonly child: ChildProcess;
  output = '';

  constructor(folder: string, { delay = 0, workers = 1 } = {}) {
    this.child = spawn(process.execPath, [program, folder, String(delay), String(workers)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child.stdout!.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  ended(): Promise<number | null> {
    return new Promise((resolve) => this.child.once('close', (status) => resolve(status)));
  }

  untilDone(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.child.stdout!.on('data', () => {
        if (this.output.length >= count) resolve();
      });
    });
  }
}

const record = (folder: string) => JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord;
const journal = (folder: string): JournalEntry[] =>
  readFileSync(join(folder, 'results.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalEntry)
    .sort((a, b) => (a.item < b.item ? -1 : 1));
const outputs = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder, 'out'))
      .sort()
      .map((name) => [name, readFileSync(join(folder, 'out', name), 'utf8')]),
  );

describe('a run in a process of its own', () => {
  it('goes on after SIGKILL, does nothing twice, and ends as an undisturbed run', async () => {
    const [killed, undisturbed] = [join(root, 'killed'), join(root, 'undisturbed')];
    const first = new Program(killed, { delay: 40, workers: 2 });
    const firstEnd = first.ended();
    await first.untilDone(5);
    first.child.kill('SIGKILL');
    assert.equal(await firstEnd, null);
    assert.equal(record(killed).status, 'running');
    const before = journal(killed).length;
    assert.ok(before >= 5 && before < 29, `${before} done before`);

    const second = new Program(killed, { workers: 2 });
    assert.equal(await second.ended(), 0);
    assert.match(second.output, new RegExp(`done ${29 - before}\n`));

    assert.equal(await new Program(undisturbed, { workers: 1 }).ended(), 0);
    const { counts, skipped, status } = record(killed);
    assert.deepEqual(
      [counts, skipped, status],
      [record(undisturbed).counts, record(undisturbed).skipped, 'done'],
    );
    assert.deepEqual(counts, { items: 30, done: 29, skipped: 1, failed: 0 });
    assert.deepEqual(skipped, [{ item: 'item 13', reason: 'item 13: brings bad luck (use another)' }]);
    assert.deepEqual(outputs(killed), outputs(undisturbed));
    assert.deepEqual(journal(killed), journal(undisturbed));
    assert.deepEqual(readdirSync(killed).sort(), ['out', 'results.jsonl', 'run.json', 'run.log']);
  });

  it('stops cleanly at the first Ctrl-C and goes on later', async () => {
    const first = new Program(root, { delay: 40 });
    const firstEnd = first.ended();
    await first.untilDone(4);
    first.child.kill('SIGINT');
    assert.equal(await firstEnd, 0);
    const { status, counts } = record(root);
    assert.equal(status, 'stopped');
    assert.ok(counts.done >= 4 && counts.done < 29);
    assert.equal(journal(root).length, counts.done);
    assert.equal(Object.keys(outputs(root)).length, counts.done);
    const second = new Program(root);
    assert.equal(await second.ended(), 0);
    assert.match(second.output, new RegExp(`done ${29 - counts.done}\n`));
    assert.equal(record(root).status, 'done');
  });

  it('ends at once at the second Ctrl-C', async () => {
    const run = new Program(root, { delay: 1000 });
    const end = run.ended();
    await run.untilDone(1);
    run.child.kill('SIGINT');
    setTimeout(() => run.child.kill('SIGINT'), 50);
    assert.equal(await end, 130);
    assert.equal(record(root).status, 'running');
  });
});

describe('runItems', () => {
  it('tells of every item once, after its outcome is on the disk', async () => {
    const run = await RunFolder.open({ folder: root, command: 'square', settings: {} });
    const events: RunEvent[] = [];
    const items: SquareItem[] = [12, 13, 14].map((value) => ({ name: `item ${value}`, value }));
    const complete = await runItems<SquareOptions>(items, {
      run,
      title: 'square',
      module: new URL('./square.task.js', import.meta.url),
      options: { folder: root, delay: 0 },
      workers: 2,
      signal: new AbortController().signal,
      listen(event) {
        events.push(event);
        if (event.type === 'done') {
          assert.ok(journal(root).some(({ item }) => item === event.item));
          assert.ok(Object.hasOwn(outputs(root), `${event.item}.txt`));
        }
      },
    });
    run.close('done');
    assert.ok(complete);
    assert.deepEqual(events.at(0), { type: 'started', title: 'square', total: 3, before: 0 });
    const { seconds, ...last } = events.at(-1) as Extract<RunEvent, { type: 'finished' }>;
    assert.ok(seconds >= 0);
    assert.deepEqual(last, {
      type: 'finished',
      title: 'square',
      done: 2,
      skipped: 1,
      failed: 0,
      stopped: false,
    });
    assert.deepEqual(
      events
        .slice(1, -1)
        .map((event) => `${event.type} ${'item' in event ? event.item : ''}`)
        .sort(),
      ['done item 12', 'done item 14', 'skipped item 13'],
    );
    assert.match(
      readFileSync(join(root, 'run.log'), 'utf8'),
      /^\d{4}-\d\d-\d\dT[\d:.]+Z \| WARNING \| skipped item 13: brings bad luck \(use another\)$/m,
    );
  });
});
