import { readRunRecord } from '../../jobs/run/read-run-record.js';
import type { RunRecord } from '../../jobs/run/run-record.js';
import { Problem } from '../../problem.js';
import { writeReport } from '../../report/html/write-report.js';
import { explainReport } from '../explain/explain-report.js';
import { heatmapsReport } from '../heatmaps/heatmaps-report.js';
import { provenanceOf, type RunReporter, settingsOf } from './run-report.js';

/** The runs that a report can be made of, by their command. */
const reporters: Readonly<Record<string, RunReporter | undefined>> = {
  'explain occlusion': explainReport,
  'explain gradient': explainReport,
  'explain input-x-gradient': explainReport,
  'explain integrated-gradients': explainReport,
  'explain smoothgrad': explainReport,
  heatmaps: heatmapsReport,
};

/**
 * Writes one HTML report of one or several runs.
 * @param file the HTML file
 * @throws {Problem} where a folder holds no run, or one that has no report.
 */
export async function reportRuns(folders: readonly string[], file: string): Promise<void> {
  const runs = await Promise.all(folders.map(readRun));
  const several = runs.length > 1;
  const named = <T>(
    values: readonly T[],
    name: string,
    rename: (value: T, name: string) => T,
  ): readonly T[] => (several ? values.map((value) => rename(value, name)) : values);
  const [first] = runs;
  await writeReport(file, {
    title: several ? runs.map(({ report }) => report.title).join(' and ') : first.report.title,
    question: unique(runs.map(({ report }) => report.question)).join(' '),
    keyResults: runs.flatMap(({ report }) => report.keyResults),
    facts: runs.flatMap(({ report }) => report.facts),
    sections: runs.flatMap(({ report }) =>
      named(report.sections, report.title, (section, name) => ({
        ...section,
        title: `${name}: ${section.title}`,
      })),
    ),
    settings: runs.flatMap(({ record, report }) =>
      named(settingsOf(record), report.title, (fact, name) => ({ ...fact, name: `${name}: ${fact.name}` })),
    ),
    notProcessed: runs.flatMap(({ record }) =>
      [...record.skipped, ...record.failed].map(({ item, reason }) => ({ file: item, reason })),
    ),
    provenance: runs.flatMap(({ record, report }) =>
      named(provenanceOf(record), report.title, (fact, name) => ({ ...fact, name: `${name}: ${fact.name}` })),
    ),
    howToRead: unique(runs.flatMap(({ report }) => report.howToRead)),
    photographs: runs.every(({ record }) => record.settings.photos !== false) ? 'shown' : 'withheld',
  });
}

async function readRun(
  folder: string,
): Promise<{ record: RunRecord; report: Awaited<ReturnType<RunReporter>> }> {
  const record = readRunRecord(folder);
  if (record === undefined) throw new Problem(folder, 'holds no run', 'name the output folder of a study');
  const reporter = reporters[record.command];
  if (reporter === undefined) {
    const known = Object.keys(reporters).join(', ');
    throw new Problem(
      folder,
      `holds a run of ${record.command}, which has no report`,
      `there are reports of ${known}`,
    );
  }
  return { record, report: await reporter(folder, record) };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
