import type { RunRecord } from '../../jobs/run/run-record.js';
import type { Fact, Report } from '../../report/html/report.js';

/** What one run puts into a report; several runs can share one. */
export type RunReport = Pick<
  Report,
  'title' | 'question' | 'keyResults' | 'facts' | 'sections' | 'howToRead'
>;

/** Makes the report of one kind of run out of its folder. */
export type RunReporter = (folder: string, record: RunRecord) => Promise<RunReport>;

/** Settings, versions and times of a run as a report lists them. */
export function settingsOf(record: RunRecord): Fact[] {
  return [
    { name: 'command', value: record.command },
    ...Object.entries(record.settings).map(([name, value]) => ({ name: inWords(name), value: show(value) })),
  ];
}

export function provenanceOf({ versions, started, finished, seconds }: RunRecord): Fact[] {
  return [
    ...Object.entries(versions).map(([name, value]) => ({ name, value })),
    { name: 'started', value: started },
    { name: 'finished', value: finished ?? 'not yet' },
    { name: 'seconds of work', value: seconds.toFixed(1) },
  ];
}

/** `gridRowsCount` as `grid rows count`. */
function inWords(name: string): string {
  return name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(show).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, part]) => `${inWords(name)}: ${show(part)}`)
      .join('; ');
  }
  return JSON.stringify(value);
}
