import { Problem } from '../../../problem.js';
import type { RunReport, RunReporter } from '../../report/run-report.js';
import { type DoneStep } from '../done-steps.js';
import { explainStepReport } from './explain-step-report.js';
import { patchReport } from './patch-report.js';
import { replaceReport } from './replace-report.js';
import { thresholdReport } from './threshold-report.js';
import type { VerificationStep } from '../step-folder.js';

/** The reports of the steps. */
export const stepReporters: Readonly<Record<VerificationStep, RunReporter>> = {
  threshold: thresholdReport,
  explain: explainStepReport,
  patch: patchReport,
  replace: replaceReport,
};

/** One report of all finished steps of a study: the answer of the last step stands first, their sections in order. */
export async function verificationReport(study: string, steps: readonly DoneStep[]): Promise<RunReport> {
  const reports = await Promise.all(
    steps.map(({ step, folder, record }) => stepReporters[step](folder, record)),
  );
  const last = reports.at(-1);
  if (last === undefined) throw new Problem(study, 'holds no finished step of a verification study');
  const lastFirst = [...reports].reverse();
  const facts = new Map(reports.flatMap((report) => report.facts.map((fact) => [fact.name, fact])));
  return {
    title: last.title,
    question: last.question,
    keyResults: lastFirst.flatMap(({ keyResults }) => keyResults),
    facts: [...facts.values()],
    sections: lastFirst.flatMap(({ sections }) => sections),
    howToRead: reports.flatMap(({ howToRead }) => howToRead),
  };
}
