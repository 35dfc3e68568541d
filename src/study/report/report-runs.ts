import { methods } from '../../explain/methods.js';
import { readRunRecord } from '../../jobs/run/read-run-record.js';
import type { RunRecord } from '../../jobs/run/run-record.js';
import { Problem } from '../../problem.js';
import type { Fact } from '../../report/html/report.js';
import { writeReport } from '../../report/html/write-report.js';
import { evaluateReport } from '../evaluate/report/evaluate-report.js';
import { explainReport } from '../explain/explain-report.js';
import { heatmapsReport } from '../heatmaps/heatmaps-report.js';
import { analyseReport } from '../liveness/analyse/analyse-report.js';
import { checkReport } from '../liveness/check/check-report.js';
import { vulnerabilityReport } from '../liveness/vulnerability/vulnerability-report.js';
import { pairReport } from '../pair/pair-report.js';
import { biasReport } from '../bias/report/bias-report.js';
import { doneBiasSteps } from '../bias/report/done-steps.js';
import { doneSimilaritySteps } from '../similarity/report/done-steps.js';
import { similarityReport } from '../similarity/report/similarity-report.js';
import { trainReport } from '../train/report/train-report.js';
import { type DoneStep, doneSteps } from '../verification/done-steps.js';
import { sideBySide } from '../verification/report/side-by-side.js';
import { stepReporters, verificationReport } from '../verification/report/verification-report.js';
import { provenanceOf, type RunReport, type RunReporter, settingsOf } from './run-report.js';

/** The runs that a report can be made of, by their command. */
const reporters: Readonly<Record<string, RunReporter | undefined>> = {
  ...Object.fromEntries(
    Object.entries(methods).map(([name, { explains }]) => [
      `explain ${name}`,
      explains === 'pair' ? pairReport : explainReport,
    ]),
  ),
  evaluate: evaluateReport,
  heatmaps: heatmapsReport,
  'liveness analyse': analyseReport,
  'liveness check': checkReport,
  'liveness vulnerability': vulnerabilityReport,
  'train head': trainReport,
  'train finetune': trainReport,
  ...Object.fromEntries(
    Object.entries(stepReporters).map(([step, reporter]) => [`verification ${step}`, reporter]),
  ),
};

/** What the folder of a run, or of a study of several steps, puts into a report. */
interface Reported {
  readonly report: RunReport;
  /** The runs that it is made of; named where there are several. */
  readonly runs: readonly { readonly name?: string | undefined; readonly record: RunRecord }[];
  /** Where it is a verification study. */
  readonly study?: { readonly folder: string; readonly steps: readonly DoneStep[] } | undefined;
}

/**
 * Writes one HTML report of one or several runs, or of studies with all their steps.
 * @param file the HTML file
 * @throws {Problem} where a folder holds no run, or one that has no report.
 */
export async function reportRuns(folders: readonly string[], file: string): Promise<void> {
  const all = await Promise.all(folders.map(readReported));
  const several = all.length > 1;
  const named = (name: string, parts: readonly (string | undefined)[]) =>
    [...parts.filter((part) => part !== undefined && part !== ''), name].join(': ');
  const ofAll = <T>(each: (reported: Reported, title: string | undefined) => readonly T[]): T[] =>
    all.flatMap((reported) => each(reported, several ? reported.report.title : undefined));
  const factsOf = (facts: (record: RunRecord) => readonly Fact[]): Fact[] =>
    ofAll(({ runs }, title) =>
      runs.flatMap(({ name, record }) =>
        facts(record).map((fact) => ({ ...fact, name: named(fact.name, [title, name]) })),
      ),
    );
  const records = all.flatMap(({ runs }) => runs.map(({ record }) => record));
  await writeReport(file, {
    title: several ? all.map(({ report }) => report.title).join(' and ') : all[0].report.title,
    question: unique(all.map(({ report }) => report.question)).join(' '),
    keyResults: all.flatMap(({ report }) => report.keyResults),
    facts: ofAll(({ report }, title) =>
      report.facts.map((fact) => ({ ...fact, name: named(fact.name, [title]) })),
    ),
    sections: [
      ...(await sideBySide(all.flatMap(({ study }) => study ?? []))),
      ...ofAll(({ report }, title) =>
        report.sections.map((section) => ({ ...section, title: named(section.title, [title]) })),
      ),
    ],
    settings: factsOf(settingsOf),
    notProcessed: records.flatMap((record) =>
      [...record.skipped, ...record.failed].map(({ item, reason }) => ({ file: item, reason })),
    ),
    provenance: factsOf(provenanceOf),
    howToRead: unique(all.flatMap(({ report }) => report.howToRead)),
    photographs: records.every(({ settings }) => settings.photos !== false) ? 'shown' : 'withheld',
  });
}

async function readReported(folder: string): Promise<Reported> {
  const record = readRunRecord(folder);
  if (record === undefined) {
    const steps = doneSteps(folder);
    const similarity = doneSimilaritySteps(folder);
    const bias = doneBiasSteps(folder);
    const runs = [...steps, ...similarity, ...bias].map(({ step, record: own }) => ({
      name: step,
      record: own,
    }));
    if (steps.length > 0) {
      return { report: await verificationReport(folder, steps), runs, study: { folder, steps } };
    }
    if (similarity.length > 1) return { report: await similarityReport(folder, similarity), runs };
    if (bias.length > 1) return { report: await biasReport(folder), runs };
    throw new Problem(folder, 'holds no finished run', 'name the output folder of a study');
  }
  const reporter = reporters[record.command];
  if (reporter === undefined) {
    const known = Object.keys(reporters).join(', ');
    throw new Problem(
      folder,
      `holds a run of ${record.command}, which has no report`,
      `there are reports of ${known}`,
    );
  }
  return { report: await reporter(folder, record), runs: [{ record }] };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
