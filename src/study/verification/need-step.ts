import { Problem } from '../../problem.js';
import type { StudyContext, StudyOutcome } from '../study.js';
import { stepFolder, type VerificationStep } from './step-folder.js';

/** What an earlier step left, or what it gave when it was stopped, which then is what the later step gives too. */
export type Needed<Result> = { readonly result: Result } | { readonly stopped: StudyOutcome };

/**
 * Runs an earlier step for a later one where it is missing, and goes on with it where it was stopped. What is there
 * already is not computed again, whatever `resume` says: that is about the later step.
 *
 * @param read reads what the step leaves.
 * @throws Problem where the study holds the step with other options.
 */
export async function needStep<Options extends { readonly output: string }, Result>(
  step: VerificationStep,
  run: (options: Options, context: StudyContext) => Promise<StudyOutcome>,
  options: Options,
  context: StudyContext,
  read: () => Promise<Result>,
): Promise<Needed<Result>> {
  const folder = stepFolder(options.output, step);
  try {
    const outcome = await run({ ...options, resume: true }, context);
    if (context.signal.aborted) return { stopped: outcome };
  } catch (error) {
    // What the run folder advises would begin the later step anew, not this one.
    if (!(error instanceof Problem && error.what === folder && error.remedy?.includes('--no-resume')))
      throw error;
    const remedy = `name another --output, or begin anew with \`faceprobe verification ${step} --no-resume\``;
    throw new Problem(folder, error.why, remedy, { cause: error });
  }
  return { result: await read() };
}
