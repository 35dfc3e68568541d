import type { StudyContext, StudyOutcome } from '../study.js';
import { aggregate } from './aggregate/aggregate.js';
import { readMeans } from './aggregate/means-table.js';
import { compare } from './compare/compare.js';
import { comparisons } from './compare/comparisons.js';
import { writeStudyReport } from './report/write-study-report.js';
import type { AggregateOptions, CompareOptions } from './similarity-options.js';

/** Averages the maps of a study by the groups that are asked for, compares the means, and writes the report. */
export async function aggregateAgain(
  options: AggregateOptions & CompareOptions,
  context: StudyContext,
): Promise<StudyOutcome> {
  const aggregated = await aggregate(options, context);
  if (stopped(context)) return aggregated;
  // One model alone has nothing to be compared with, unless there are groups.
  const comparable = comparisons(await readMeans(aggregated.folder)).length > 0;
  const compared = comparable ? await compare(options, context) : undefined;
  if (stopped(context)) return compared ?? aggregated;
  return {
    ...aggregated,
    json: async () => ({ aggregate: await aggregated.json(), compare: (await compared?.json()) ?? null }),
    lookAt: await writeStudyReport(options.output),
  };
}

/** Compares the mean maps of a study by the measures that are asked for, and writes the report. */
export async function compareAgain(options: CompareOptions, context: StudyContext): Promise<StudyOutcome> {
  const outcome = await compare(options, context);
  if (stopped(context)) return outcome;
  return { ...outcome, lookAt: await writeStudyReport(options.output) };
}

/** Whether the user stopped the study; asked anew each time. */
export function stopped({ signal }: StudyContext): boolean {
  return signal.aborted;
}
