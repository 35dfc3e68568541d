import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { Problem } from '../../../problem.js';
import { describeModel } from '../../describe-model.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { protocolOf } from '../protocol-of.js';
import type { ScoredPair } from '../scored-pair.js';
import { modelName } from '../model-name.js';
import { patchPlots, readPatchTables } from '../plot/patch-plots.js';
import { faceSize } from '../face-size.js';
import { writePlots } from '../plot/study-plot.js';
import { withStudyReport } from '../report/with-study-report.js';
import { stepFolder } from '../step-folder.js';
import { needThreshold } from '../threshold/need-threshold.js';
import type { ThresholdResult } from '../threshold/threshold-result.js';
import type { PatchOptions } from './patch-options.js';
import { patchRates } from './patch-rates.js';
import { patchedScoresTable, patchesTable, ratesTable } from './patch-tables.js';
import type { PatchItem, PatchTaskOptions } from './patch.task.js';
import { patchedPairs } from './patched-pairs.js';
import { planPairs } from './plan-pairs.js';
import { planUpstreamPairs } from './plan-upstream-pairs.js';
import type { PatchPlans } from './planned-pair.js';

/**
 * Patches the first image of every pair by the rule of PatchLFW, so that genuine pairs look unlike and impostor pairs alike,
 * and counts what that does to FMR and FNMR at the study's threshold.
 */
export async function patch(options: PatchOptions, context: StudyContext): Promise<StudyOutcome> {
  const { output, model, jpeg, compat, patches, patchSize, patchSeed } = options;
  checkUpstream(options);
  const needed = await needThreshold(options, context);
  if ('stopped' in needed) return needed.stopped;
  const { pairs } = needed.result;
  const folder = stepFolder(output, 'patch');
  const { card, sha256 } = await describeModel(model, options.card);
  const size = faceSize(card);
  const { planned, problems, notes } = await plan(options, pairs, size);
  const task: PatchTaskOptions = { folder, model, card, jpeg };
  const outcome = await runStudy(
    {
      request: {
        folder,
        command: 'verification patch',
        settings: {
          model: { name: card.name, reference: model, sha256 },
          scores: scoresHash(pairs),
          patches,
          patchSize,
          patchSeed,
          jpeg: jpeg ?? null,
          compat: compat ?? null,
        },
      },
      title: 'patch',
      items: planned.map(({ pair: { name, faceB }, recipe, donor }): PatchItem => ({
        name,
        recipe,
        donor,
        faceB,
      })),
      problems,
      notes,
      module: new URL('./patch.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) await conclude(run, needed.result, size, options.seed ?? 0);
        return {
          json: () => Promise.resolve({ folder, ...run.record.results }),
          lookAt: join(folder, 'rates.csv'),
        };
      },
    },
    options,
    context,
  );
  return withStudyReport(output, outcome);
}

/** What upstream draws is fixed. */
function checkUpstream({ compat, patches, patchSize }: PatchOptions): void {
  if (compat !== 'upstream' || (patches === 27 && patchSize === 16)) return;
  throw new Problem(
    '--compat upstream',
    `pastes 27 patches of 16 pixels, not ${patches} of ${patchSize}`,
    'leave --patches and --patch-size out',
  );
}

async function plan(
  options: PatchOptions,
  pairs: readonly ScoredPair[],
  size: { readonly width: number; readonly height: number },
): Promise<PatchPlans> {
  if (options.compat !== 'upstream') return planPairs(pairs, size, options);
  const { protocol } = await protocolOf(options);
  return planUpstreamPairs(protocol, pairs, size, options.patchSeed);
}

/** Names the faces that a step was made of: they are others where a cosine is. */
function scoresHash(pairs: readonly ScoredPair[]): string {
  const hash = createHash('sha256');
  for (const { name, genuine, identityA, identityB, cosine } of pairs)
    hash.update(`${JSON.stringify([name, genuine, identityA, identityB, cosine])}\n`);
  return hash.digest('hex');
}

async function conclude(
  run: RunFolder,
  { pairs, threshold, source }: ThresholdResult,
  size: { readonly width: number; readonly height: number },
  seed: number,
): Promise<void> {
  const patched = await patchedPairs(run.folder, pairs);
  const rates = patchRates(patched, threshold, seed);
  const write = (name: string, text: string) => writeFileAtomic(join(run.folder, name), text);
  await write('patches.csv', patchesTable(patched, size));
  await write('scores.csv', patchedScoresTable(patched, threshold));
  await write('rates.csv', ratesTable(rates));
  await writePlots(
    run.folder,
    patchPlots('patch', [await readPatchTables(modelName(run.record), run.folder, threshold)]),
  );
  run.record.results = { threshold, source, pairs: patched.length, seed, rates };
}
