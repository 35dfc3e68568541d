// A program with a run of 30 items, started and killed by run-items.test.ts:
// node square-run.process.js FOLDER MILLISECONDS_PER_ITEM WORKERS
import { interruptSignal } from '../../../src/jobs/interrupt.js';
import { RunFolder } from '../../../src/jobs/run/run-folder.js';
import { runItems } from '../../../src/jobs/run/run-items.js';
import type { SquareItem, SquareOptions } from './square.task.js';

const [folder, delay, workers] = process.argv.slice(2);
const { signal, dispose } = interruptSignal(() => undefined);
const run = await RunFolder.open({ folder, command: 'square', settings: { power: 2 } });
const items: SquareItem[] = Array.from({ length: 30 }, (_, value) => ({ name: `item ${value}`, value }));
let done = 0;
const complete = await runItems<SquareOptions>(items, {
  run,
  title: 'square',
  module: new URL('./square.task.js', import.meta.url),
  options: { folder, delay: Number(delay) },
  workers: Number(workers),
  signal,
  listen({ type }) {
    if (type !== 'done') return;
    done += 1;
    process.stdout.write('.');
  },
});
run.close(complete ? 'done' : 'stopped');
dispose();
console.log(`\ndone ${done}`);
