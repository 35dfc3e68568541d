import { availableParallelism } from 'node:os';
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
  /** What a reader of the results should know about the inputs. */
  readonly notes?: readonly string[];
  readonly module: URL;
  /** Items that a thread begins before its first one is done; see `runTasks`. @default 1 */
  readonly itemsAThread?: number;
  readonly options: Options;
  /**
   * Adds up what is in the journal, once all items are done. @returns what `--json` prints and what to look at, and
   * whether the study is complete where that does not follow from its items
   */
  readonly conclude: (
    run: RunFolder,
    complete: boolean,
  ) => Promise<Pick<StudyOutcome, 'json' | 'lookAt' | 'lines'> & { readonly complete?: boolean }>;
}

/** Problems that are shown one by one; thousands would hide everything else on a terminal. */
const shownProblems = 20;

/** Opens the run, works on the items, adds up, and closes the run whatever happens. */
export async function runStudy<Item extends { readonly name: string }, Options>(
  parts: StudyParts<Item, Options>,
  { workers = availableParallelism(), resume }: StudyOptions,
  { signal, listen }: StudyContext,
): Promise<StudyOutcome> {
  const run = await RunFolder.open({ ...parts.request, resume });
  let status: 'done' | 'stopped' | 'failed' = 'failed';
  try {
    const note = (level: 'info' | 'warning', message: string, shown = true) => {
      const event = { type: 'note', level, message } as const;
      run.log(event);
      if (shown) listen(event);
    };
    for (const message of parts.notes ?? []) note('info', message);
    const { problems = [] } = parts;
    problems.forEach((problem, at) => {
      run.record.skipped.push({ item: problem.what, reason: problem.message });
      note('warning', problem.message, at < shownProblems);
    });
    if (problems.length > shownProblems) {
      const more = problems.length - shownProblems;
      note('warning', `${more} more inputs could not be used; run.json and run.log name all of them`);
    }
    const { title, module, options, itemsAThread } = parts;
    const complete = await runItems(parts.items, {
      ...{ run, title, module, options, workers, itemsAThread, signal, listen },
    });
    if (complete && run.record.counts.done === 0) throw nothingDone(run);
    const { json, lookAt, lines, complete: concluded = complete } = await parts.conclude(run, complete);
    status = concluded ? 'done' : 'stopped';
    return { folder: run.folder, record: run.record, json, lookAt, lines };
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
