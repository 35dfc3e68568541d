import { availableParallelism } from 'node:os';
import type { RunEvent } from '../jobs/events.js';
import { RunFolder, type RunRequest } from '../jobs/run/run-folder.js';
import { runItems } from '../jobs/run/run-items.js';
import { Problem } from '../problem.js';
import type { StudyContext, StudyOptions, StudyOutcome } from './study.js';

/** The parts of a study that works on one image after the other. */
export interface StudyParts<Item, Options> {
  readonly request: Omit<RunRequest, 'resume'>;
  readonly title: string;
  readonly items: readonly Item[];
  /** Inputs that could not even be listed. */
  readonly problems?: readonly Problem[];
  readonly module: URL;
  readonly options: Options;
  /** Adds up what is in the journal, once all items are done. @returns what `--json` prints and what to look at */
  readonly conclude: (run: RunFolder, complete: boolean) => Promise<{ json: unknown; lookAt: string }>;
}

/** Opens the run, works on the items, adds up, and closes the run whatever happens. */
export async function runStudy<Item extends { readonly name: string }, Options>(
  parts: StudyParts<Item, Options>,
  { workers = availableParallelism(), resume }: StudyOptions,
  { signal, listen }: StudyContext,
): Promise<StudyOutcome> {
  const run = await RunFolder.open({ ...parts.request, resume });
  let status: 'done' | 'stopped' | 'failed' = 'failed';
  try {
    for (const problem of parts.problems ?? []) {
      run.record.skipped.push({ item: problem.what, reason: problem.message });
      const note: RunEvent = { type: 'note', level: 'warning', message: problem.message };
      run.log(note);
      listen(note);
    }
    const { title, module, options } = parts;
    const complete = await runItems(parts.items, { run, title, module, options, workers, signal, listen });
    if (complete && run.record.counts.done === 0) throw nothingDone(run);
    const { json, lookAt } = await parts.conclude(run, complete);
    status = complete ? 'done' : 'stopped';
    return { folder: run.folder, record: run.record, json, lookAt };
  } finally {
    run.close(status);
  }
}

function nothingDone({ folder, record }: RunFolder): Problem {
  const [first] = [...record.skipped, ...record.failed];
  const count = record.skipped.length + record.failed.length;
  return new Problem(
    folder,
    `none of ${count} inputs could be used; the first: ${first.reason}`,
    'see run.log there',
  );
}
