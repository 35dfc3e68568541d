import type { RunEvent } from './events.js';

export type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** An event as one line of a log. */
export function describeEvent(event: RunEvent): { readonly level: Level; readonly text: string } {
  switch (event.type) {
    case 'started': {
      const before = event.before === 0 ? '' : `, ${event.before} of them done before`;
      return { level: 'INFO', text: `${event.title}: ${event.total} items${before}` };
    }
    case 'done':
      return { level: 'DEBUG', text: `done ${event.item}` };
    case 'skipped':
      return { level: 'WARNING', text: `skipped ${oneLine(event.reason)}` };
    case 'failed':
      return { level: 'ERROR', text: `failed ${event.item}: ${oneLine(event.reason)}` };
    case 'note':
      return { level: event.level === 'info' ? 'INFO' : 'WARNING', text: oneLine(event.message) };
    case 'finished':
      return { level: 'INFO', text: summary(event) };
  }
}

function summary(event: Extract<RunEvent, { type: 'finished' }>): string {
  const { done, skipped, failed, seconds } = event;
  const rate = done === 0 ? '' : ` (${(seconds / done).toPrecision(3)} s each)`;
  const counts = [
    `${done} done`,
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ].join(', ');
  return `${event.title} ${event.stopped ? 'stopped' : 'finished'}: ${counts} in ${seconds.toFixed(1)} s${rate}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ');
}
