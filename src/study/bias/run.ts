import type { StudyContext, StudyOutcome } from '../study.js';
import type { BiasMeasureOptions, BiasRunOptions } from './bias-options.js';
import { studyFaces } from './images/study-faces.js';
import { measure } from './measure/measure.js';
import { writeStudyReport } from './report/write-study-report.js';

/** The whole study: predicts and explains every image, measures by group, and writes the report. */
export async function runBias(options: BiasRunOptions, context: StudyContext): Promise<StudyOutcome> {
  const studied = await studyFaces(options, context);
  if (stopped(context)) return studied;
  const measured = await measureAgain(options, context);
  if (stopped(context)) return measured;
  return {
    ...measured,
    folder: options.output,
    // What was lost was lost here.
    record: studied.record,
    json: async () => ({ run: await studied.json(), measure: await measured.json() }),
  };
}

/** Measures a finished run by the groups that are asked for, and writes the report. */
export async function measureAgain(
  options: BiasMeasureOptions,
  context: StudyContext,
): Promise<StudyOutcome> {
  const measured = await measure(options, context);
  if (stopped(context)) return measured;
  return { ...measured, lookAt: await writeStudyReport(options.output) };
}

function stopped({ signal }: StudyContext): boolean {
  return signal.aborted;
}
