import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import type { RunEvent } from '../../src/jobs/events.js';
import { plainLines } from '../../src/jobs/renderers/plain-lines.js';
import { terminalBar } from '../../src/jobs/renderers/terminal-bar.js';

const events: readonly RunEvent[] = [
  { type: 'started', title: 'crop', total: 52, before: 2 },
  ...Array.from({ length: 48 }, (_, i): RunEvent => ({ type: 'done', item: `${i}.jpg` })),
  { type: 'note', level: 'warning', message: 'mind\nthis' },
  { type: 'skipped', item: 'c.jpg', reason: 'c.jpg: no face\nwas found' },
  { type: 'failed', item: 'd.jpg', reason: 'is not a function', stack: 'at x' },
  { type: 'finished', title: 'crop', done: 48, skipped: 1, failed: 1, seconds: 96, stopped: true },
];

describe('plainLines', () => {
  it('writes one line for 50 items, and one for each skip, failure and note', () => {
    const lines: string[] = [];
    events.forEach(plainLines((line) => lines.push(line)));
    assert.deepEqual(lines, [
      'info: crop: 52 items, 2 of them done before',
      'info: 50 of 52',
      'warning: mind this',
      'warning: skipped c.jpg: no face was found',
      'error: failed d.jpg: is not a function',
      'info: crop stopped: 48 done, 1 skipped, 1 failed in 96.0 s (2.00 s each)',
    ]);
  });

  it('keeps to its level', () => {
    const lines: string[] = [];
    events.forEach(plainLines((line) => lines.push(line), 'ERROR'));
    assert.deepEqual(lines, ['info: 50 of 52', 'error: failed d.jpg: is not a function']);
  });
});

describe('terminalBar', () => {
  it('draws a bar, and warnings above it', () => {
    let text = '';
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    const terminal = Object.assign(stream, {
      isTTY: true,
      columns: 100,
      ...Object.fromEntries(
        ['cursorTo', 'clearLine', 'moveCursor', 'clearScreenDown'].map((name) => [name, () => true]),
      ),
    });
    events.forEach(terminalBar(terminal as unknown as NodeJS.WriteStream));
    assert.match(text, /crop .*2\/52/);
    assert.match(text, /skipped c\.jpg: no face was found\n/);
    assert.match(text, /failed d\.jpg: is not a function\n/);
    assert.match(text, /crop stopped: 48 done, 1 skipped, 1 failed[^\n]*\n$/);
  });
});
