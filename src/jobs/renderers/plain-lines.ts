import { describeEvent, type Level } from '../describe-event.js';
import type { Listener } from '../events.js';

const order: readonly Level[] = ['DEBUG', 'INFO', 'WARNING', 'ERROR'];

/** One line an event, and one every 50 items, for log files and terminals that cannot draw a bar. */
export function plainLines(write: (line: string) => void, level: Level = 'INFO'): Listener {
  let total = 0;
  let seen = 0;
  return (event) => {
    if (event.type === 'started') {
      total = event.total;
      seen = event.before;
    }
    const line = describeEvent(event);
    if (order.indexOf(line.level) >= order.indexOf(level)) write(`${line.level.toLowerCase()}: ${line.text}`);
    if ((event.type === 'done' || event.type === 'skipped' || event.type === 'failed') && ++seen % 50 === 0) {
      write(`info: ${seen} of ${total}`);
    }
  };
}
