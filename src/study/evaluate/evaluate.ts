import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../jobs/run/run-folder.js';
import { runOneTask } from '../../jobs/run-one-task.js';
import { fileSha256 } from '../../model/zoo/file-sha256.js';
import { Problem } from '../../problem.js';
import { reportRuns } from '../report/report-runs.js';
import { runStudy } from '../run-study.js';
import { score, type ScoreOptions } from '../score/score.js';
import { describeModel } from '../describe-model.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../study.js';
import { writePlots } from '../verification/plot/study-plot.js';
import { evaluatedSystems, type NamedFile } from './evaluated-systems.js';
import { errorPlots } from './report/error-plots.js';
import type { EvaluatedSystem, EvaluateRequest } from './evaluate-request.js';
import type { EvaluateTaskOptions } from './evaluate.task.js';
import { differencesTable } from './paired/differences-table.js';
import type { CompareTaskOptions } from './paired/compare.task.js';
import type { ErrorDifference } from './paired/compare-decisions.js';
import { measuresTable } from './measures-table.js';
import type { SystemEvaluation } from './system-evaluation.js';

export interface EvaluateOptions extends EvaluateRequest, StudyOptions {
  /** Score files, one a system. */
  readonly scores: readonly NamedFile[];
  readonly development: readonly NamedFile[];
  /** The folder of the run; the only place that is written to. */
  readonly output: string;
  /** A model that scores the images below `inputPath` first. */
  readonly model?: ModelToScore | undefined;
}

/** The options of `score`, without its output. */
export type ModelToScore = Omit<ScoreOptions, 'output'>;

/** What the record of the run holds. */
export interface EvaluationResults {
  readonly task: EvaluateRequest['task'];
  readonly systems: readonly SystemEvaluation[];
  /** Every other system against the first. */
  readonly differences: readonly ErrorDifference[];
}

/**
 * Evaluates score files side by side: `evaluation.json` and `measures.csv` with all numbers, `differences.csv` between systems,
 * for each system `decisions.csv`, `curve.csv` and `histogram.csv`, the plots and the report.
 */
export async function evaluate(options: EvaluateOptions, context: StudyContext): Promise<StudyOutcome> {
  const { scores, development, output, model, workers, resume } = options;
  const request = requestOf(options);
  const systems = evaluatedSystems(scores, development);
  if (model !== undefined) systems.push(await scoredSystem(model, systems, options, context));
  if (context.signal.aborted) throw new Problem(output, 'was stopped while the model scored the images');
  if (systems.length === 0) {
    throw new Problem(
      'evaluate',
      'there is nothing to evaluate',
      'name a score file, or --model and --input-path',
    );
  }
  const described = await Promise.all(
    systems.map(async ({ name, file, development: other }) => ({
      name,
      file: resolve(file),
      sha256: await hashOf(file),
      ...(other === undefined ? {} : { development: resolve(other), developmentSha256: await hashOf(other) }),
    })),
  );
  const tables = await Promise.all(
    [request.labels, request.groups, request.identities].map(async (file) =>
      file === undefined || !/[./\\]/.test(file) ? file : { file: resolve(file), sha256: await hashOf(file) },
    ),
  );
  const outcome = await runStudy(
    {
      request: {
        folder: output,
        command: 'evaluate',
        settings: {
          ...request,
          ...{ labels: tables[0], groups: tables[1], identities: tables[2] },
          systems: described,
        },
      },
      title: 'evaluate',
      items: systems,
      module: new URL('./evaluate.task.js', import.meta.url),
      options: { output, request } satisfies EvaluateTaskOptions,
      conclude: async (run, complete) => {
        if (complete) await conclude(run, request, systems);
        return { json: () => Promise.resolve(run.record.results), lookAt: output };
      },
    },
    { workers, resume },
    context,
  );
  if (outcome.record.status !== 'done') return outcome;
  const lookAt = join(output, 'report.html');
  await reportRuns([output], lookAt);
  return { ...outcome, lookAt };
}

/** @throws Problem where there is no such file. */
async function hashOf(file: string): Promise<string> {
  const sha256 = await fileSha256(file);
  if (sha256 === undefined) throw new Problem(file, 'does not exist', 'check the path');
  return sha256;
}

/** What decides the numbers, without the options of the terminal. */
function requestOf(options: EvaluateOptions): EvaluateRequest {
  const { task, threshold, scoreIs, positive, groupBy, seed } = options;
  const { labels, labelColumn, bonaFide, genuine, species, classes, identities, groups } = options;
  return {
    ...{ task, threshold, scoreIs, positive, groupBy, seed },
    ...{ labels, labelColumn, bonaFide, genuine, species, classes, identities, groups },
  };
}

/** Scores the images with the model, into the folder of the run. */
async function scoredSystem(
  model: ModelToScore,
  others: readonly EvaluatedSystem[],
  { output, development }: EvaluateOptions,
  context: StudyContext,
): Promise<EvaluatedSystem> {
  const { name } = (await describeModel(model.model, model.card)).card;
  const file = join(output, 'scores', `${name}.csv`);
  const { record } = await score({ ...model, output: file }, context);
  const [system] = evaluatedSystems(
    [{ name, file }],
    development.filter((own) => own.name === undefined || own.name === name),
  );
  if (others.some((other) => other.name === system.name)) {
    throw new Problem(
      system.name,
      'is the name of a score file and of the model',
      'name the score file: before=a.csv',
    );
  }
  const lost = new Set([...record.skipped, ...record.failed].map(({ item }) => item));
  return {
    ...system,
    withoutScore: [...lost].map((item) => join(model.inputPath, item).replaceAll('\\', '/')),
  };
}

async function conclude(
  run: RunFolder,
  { task, seed }: EvaluateRequest,
  systems: readonly EvaluatedSystem[],
): Promise<void> {
  const found = new Map<string, SystemEvaluation>();
  for await (const { item, result } of run.results()) found.set(item, result as SystemEvaluation);
  // In the order in which the user named them: before, then after.
  const evaluations = systems.flatMap(({ name }) => found.get(name) ?? []);
  for (const { losses, notes } of evaluations) {
    run.record.skipped.push(...losses);
    for (const message of notes) run.log({ type: 'note', level: 'info', message });
  }
  const results: EvaluationResults = {
    task,
    systems: evaluations.map((evaluation) => ({ ...evaluation, losses: [] })),
    differences: await differencesBetween(evaluations, { output: run.folder, task, seed }),
  };
  run.record.results = { ...results };
  await writeFileAtomic(join(run.folder, 'measures.csv'), measuresTable(evaluations));
  await writeFileAtomic(join(run.folder, 'evaluation.json'), `${JSON.stringify(results, null, 2)}\n`);
  if (systems.length > 1 && results.differences.length === 0) {
    const message = 'the score files have no path in common: no differences between the systems';
    run.log({ type: 'note', level: 'info', message });
  }
  if (results.differences.length > 0) {
    await writeFileAtomic(join(run.folder, 'differences.csv'), differencesTable(results.differences));
  }
  await writePlots(join(run.folder, 'plots'), await errorPlots('plot', run.folder, results));
}

/** In a thread: with many pairs, resampling persons takes seconds. */
async function differencesBetween(
  systems: readonly SystemEvaluation[],
  options: CompareTaskOptions,
): Promise<ErrorDifference[]> {
  if (systems.length < 2) return [];
  const names = systems.map(({ name }) => name);
  return runOneTask(new URL('./paired/compare.task.js', import.meta.url), options, names);
}
