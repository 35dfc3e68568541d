import progress, { type SingleBar } from 'cli-progress';
import { describeEvent } from '../describe-event.js';
import type { Listener } from '../events.js';

/** A bar with rate and remaining time at the foot of a terminal; warnings scroll past above it. */
export function terminalBar(stream: NodeJS.WriteStream): Listener {
  let bar: SingleBar | undefined;
  let doneHere = 0;
  let trouble = 0;
  let start = 0;

  const say = (line: string) => {
    // The bar owns its line: clear it, write above, and it draws itself again.
    if (bar !== undefined) stream.write('\r\u001b[K');
    stream.write(`${line}\n`);
  };
  const advance = () => {
    doneHere += 1;
    const rate = doneHere / ((performance.now() - start) / 1000);
    bar?.increment(1, { rate: rate >= 10 ? rate.toFixed(0) : rate.toPrecision(2), trouble: troubleText() });
  };
  const troubleText = () => (trouble === 0 ? '' : ` | ${trouble} skipped`);

  return (event) => {
    switch (event.type) {
      case 'started':
        start = performance.now();
        doneHere = 0;
        trouble = 0;
        bar = new progress.SingleBar({
          stream,
          format: `${event.title} {bar} {value}/{total} | {rate}/s | {eta_formatted} left{trouble}`,
          barCompleteChar: '━',
          barIncompleteChar: '─',
          barsize: 24,
          hideCursor: true,
          clearOnComplete: true,
          etaBuffer: 50,
          formatTime: progress.Format.TimeFormat,
        });
        bar.start(event.total, event.before, { rate: '–', trouble: '' });
        break;
      case 'done':
        advance();
        break;
      case 'skipped':
      case 'failed':
        trouble += 1;
        say(`  ${describeEvent(event).text}`);
        advance();
        break;
      case 'note':
        say(`  ${event.message}`);
        break;
      case 'finished':
        bar?.stop();
        bar = undefined;
        say(describeEvent(event).text);
        break;
    }
  };
}
