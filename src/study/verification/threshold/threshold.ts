import { join } from 'node:path';
import type { ProtocolPair } from '../../../dataset/protocol/protocol.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { embeddingOutput } from '../../../explain/pair-explanation.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import { Problem } from '../../../problem.js';
import { describeModel } from '../../describe-model.js';
import { faceTools, needsOfView } from '../../faces/face-tools.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { modelName } from '../model-name.js';
import { pairName } from '../pair-name.js';
import { writePlots } from '../plot/study-plot.js';
import { readThresholdTables, thresholdPlots } from '../plot/threshold-plots.js';
import { protocolOf } from '../protocol-of.js';
import type { ScoredPair } from '../scored-pair.js';
import { withStudyReport } from '../report/with-study-report.js';
import { stepFolder } from '../step-folder.js';
import type { VerificationOptions } from '../verification-options.js';
import { checkRequest } from './check-request.js';
import { detTable, histogramTable, rocTable } from './curve-tables.js';
import { scorePairs } from './score-pairs.js';
import { scoresTable } from './scores-table.js';
import { summariseScores, type ThresholdSummary } from './summarise-scores.js';
import type { ThresholdRequest } from './threshold-request.js';
import type { ThresholdTaskOptions } from './threshold.task.js';
import { measuresTable, thresholdsTable } from './thresholds-table.js';

/**
 * Scores the pairs of a protocol and chooses the threshold of the study. Each image is aligned and embedded once. The
 * threshold can be chosen anew without that: the run goes on, whatever `at` and `seed` are.
 */
export async function threshold(options: VerificationOptions, context: StudyContext): Promise<StudyOutcome> {
  const { output, model, aligned = false, seed = 0 } = options;
  const folder = stepFolder(output, 'threshold');
  const request = options.at ?? recordedRequest(folder) ?? { kind: 'eer' };
  const { protocol, images, settings } = await protocolOf(options);
  checkRequest(request, protocol.file, protocol.pairs);
  const { card, sha256 } = await describeModel(model, options.card);
  embeddingOutput(card);
  const needs = aligned ? { detector: false, landmarks: false } : needsOfView(card.input, options);
  const { tools, settings: faceSettings } = await faceTools(options, needs, context);
  const names = [...new Set(protocol.pairs.flatMap(({ a, b }) => [a, b]))];
  const task: ThresholdTaskOptions = { folder, model, card, aligned, tools };
  const outcome = await runStudy(
    {
      request: {
        folder,
        command: 'verification threshold',
        settings: {
          ...settings,
          model: { name: card.name, reference: model, sha256 },
          preprocessing: card.input,
          aligned,
          ...(aligned ? {} : faceSettings),
        },
      },
      title: 'embed',
      items: names.map((name) => ({ name, file: join(images, name) })),
      problems: protocol.dropped.map(
        ({ line, text, reason }) => new Problem(`${protocol.file} line ${line}`, `${reason}: ${text}`),
      ),
      notes: protocol.notes.map(({ text }) => text),
      module: new URL('./threshold.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) await conclude(run, protocol.pairs, request, seed, context);
        return {
          json: () => Promise.resolve({ folder, ...run.record.results }),
          lookAt: join(folder, 'thresholds.csv'),
        };
      },
    },
    options,
    context,
  );
  return withStudyReport(output, outcome);
}

/** What the run's record holds beside the summary, so that a later step need not be told again. */
interface ThresholdResults extends ThresholdSummary {
  readonly at: ThresholdRequest;
  readonly seed: number;
}

function recordedRequest(folder: string): ThresholdRequest | undefined {
  return (readRunRecord(folder)?.results as Partial<ThresholdResults> | undefined)?.at;
}

async function conclude(
  run: RunFolder,
  pairs: readonly ProtocolPair[],
  at: ThresholdRequest,
  seed: number,
  { listen }: StudyContext,
): Promise<void> {
  const { scored, lost } = await scorePairs(run, pairs);
  for (const { pair, reason } of lost) {
    run.record.skipped.push({ item: pairName(pair), reason });
    run.log({ type: 'skipped', item: pairName(pair), reason });
  }
  const tell = (level: 'info' | 'warning', message: string) => {
    run.log({ type: 'note', level, message });
    listen({ type: 'note', level, message });
  };
  if (lost.length > 0) {
    const count = lost.length === 1 ? 'one pair is' : `${lost.length} pairs are`;
    tell('warning', `${count} left out; run.json names each with the reason, the first: ${lost[0].reason}`);
  }
  if (scored.length === 0) {
    throw new Problem(run.folder, `none of the ${pairs.length} pairs could be scored`, 'see run.log there');
  }
  const summary = summariseScores(scored, at, { seed, lost: lost.length });
  await writeTables(run, scored, summary);
  run.record.results = { ...summary, at, seed } satisfies ThresholdResults;
  tell('info', inWords(summary));
  if (summary.identities < 30) {
    // Fogliato, Patil and Perona, IJCV 2024.
    tell(
      'warning',
      `the pairs show ${summary.identities} persons: with fewer than some 30 the intervals are too narrow`,
    );
  }
}

async function writeTables(
  { folder, record }: RunFolder,
  pairs: readonly ScoredPair[],
  summary: ThresholdSummary,
): Promise<void> {
  const write = (name: string, text: string) => writeFileAtomic(join(folder, name), text);
  await write('scores.csv', scoresTable(pairs, summary.threshold));
  await write('thresholds.csv', thresholdsTable(summary.thresholds));
  await write('measures.csv', measuresTable(summary.measures, summary));
  if (summary.genuine === 0 || summary.impostor === 0) return;
  const scores = {
    genuine: pairs.filter(({ genuine }) => genuine).map(({ cosine }) => cosine),
    impostor: pairs.filter(({ genuine }) => !genuine).map(({ cosine }) => cosine),
  };
  await write('roc.csv', rocTable(scores));
  await write('det.csv', detTable(scores));
  await write('histogram.csv', histogramTable(scores));
  const tables = await readThresholdTables(modelName(record), folder, summary);
  if (tables !== undefined) await writePlots(folder, thresholdPlots('threshold', [tables]));
}

function inWords({ threshold, source, genuine, impostor, thresholds }: ThresholdSummary): string {
  const { fmr, fnmr } = thresholds.find(({ chosen }) => chosen)!;
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  const rate = (name: string, value: typeof fmr) =>
    value === null
      ? []
      : [
          `${name} ${percent(value.rate)} (95 % interval ${percent(value.low)} to ${percent(value.high)}, ` +
            `${value.errors} of ${value.trials})`,
        ];
  const rates = [...rate('FMR', fmr), ...rate('FNMR', fnmr)].join(', ');
  return `threshold ${threshold.toFixed(4)} (${source}) over ${genuine} genuine and ${impostor} impostor pairs: ${rates}`;
}
