import { dirname, join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { describeModel } from '../../describe-model.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { faceSize } from '../face-size.js';
import { checkStudyMethods } from '../methods/check-study-methods.js';
import { needPatches, type PatchResult } from '../patch/need-patches.js';
import { modelName } from '../model-name.js';
import { readReplaceTables, replacePlots } from '../plot/replace-plots.js';
import { writePlots } from '../plot/study-plot.js';
import { withStudyReport } from '../report/with-study-report.js';
import { stepFolder } from '../step-folder.js';
import { curveAreas } from './curve-areas.js';
import { curveKinds } from './curve-kinds.js';
import { curvePoints } from './curve-points.js';
import { localisationMeans } from './localisation-means.js';
import type { ReplaceOptions } from './replace-options.js';
import { areasTable, comparisonsTable, curvesTable, localisationTable } from './replace-tables.js';
import type { ReplaceItem, ReplaceTaskOptions } from './replace.task.js';
import { readStudyCurves } from './study-curves.js';
import { verdict } from './verdict.js';

/**
 * Decision-based patch replacement (Huber et al., "Efficient explainable face verification based on similarity score
 * argument backpropagation", WACV 2024), for several methods at once: the patched pairs are explained, and the pixels that
 * each map blames for the decision are put back, more and more of them. A good map mends FMR and FNMR soonest. The same maps
 * are asked where the patches are, and the pairs as they are go through insertion and deletion.
 */
export async function replace(options: ReplaceOptions, context: StudyContext): Promise<StudyOutcome> {
  const { output, model, methods, batchSize, insertionDeletion, compat, seed = 0 } = options;
  const { card, sha256 } = await describeModel(model, options.card);
  checkStudyMethods(methods, faceSize(card));
  const needed = await needPatches(options, context);
  if ('stopped' in needed) return needed.stopped;
  const { pairs, threshold, source, patches } = needed.result;
  const folder = stepFolder(output, 'replace');
  const task: ReplaceTaskOptions = {
    model,
    card,
    methods,
    batchSize,
    threshold,
    seed,
    fill: insertionDeletion ? (options.fill ?? 'mean') : null,
    compat,
  };
  const patchFolder = stepFolder(output, 'patch');
  const outcome = await runStudy(
    {
      request: {
        folder,
        command: 'verification replace',
        settings: {
          model: { name: card.name, reference: model, sha256 },
          patches,
          threshold,
          source,
          methods,
          batchSize,
          seed,
          insertionDeletion,
          fill: task.fill,
          compat: compat ?? null,
        },
      },
      title: 'replace',
      items: pairs.map(
        ({
          pair: { name, index, genuine, faceA, faceB },
          patched: { image, patches: places },
        }): ReplaceItem => ({
          name,
          index,
          genuine,
          faceA,
          patchedA: join(patchFolder, image),
          faceB,
          patches: places,
        }),
      ),
      module: new URL('./replace.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) await conclude(run, needed.result, options);
        return {
          json: () => Promise.resolve({ folder, ...run.record.results }),
          lookAt: join(folder, 'areas.csv'),
        };
      },
    },
    options,
    context,
  );
  return withStudyReport(output, outcome);
}

async function conclude(
  run: RunFolder,
  { pairs, threshold, source }: PatchResult,
  { methods, compat, seed = 0 }: ReplaceOptions,
): Promise<void> {
  const names = methods.map(({ name }) => name);
  const { curves, results, identities } = await readStudyCurves(
    run.folder,
    pairs.map(({ pair }) => pair),
    { methods: names, threshold, compat },
  );
  const compared = curveAreas(curves, identities, seed);
  const localisation = localisationMeans(results, names, seed);
  const write = (name: string, text: string) => writeFileAtomic(join(run.folder, name), text);
  await write('curves.csv', curvesTable(curvePoints(curves, identities, seed)));
  await write('areas.csv', areasTable(compared.areas));
  await write('comparisons.csv', comparisonsTable(compared.comparisons));
  await write('localisation.csv', localisationTable(localisation));
  await writePlots(
    run.folder,
    replacePlots('replace', [await readReplaceTables(modelName(run.record), dirname(run.folder))]),
  );
  const genuine = results.filter(({ pair }) => pair.genuine).length;
  run.record.results = {
    threshold,
    source,
    genuine,
    impostor: results.length - genuine,
    identities: new Set(identities.flat()).size,
    seed,
    verdicts: curveKinds.flatMap((kind) => verdict(kind, compared) ?? []),
    /** Mean time of one map, in milliseconds, on one thread. */
    milliseconds: Object.fromEntries(
      names.map((name) => [
        name,
        results.reduce((sum, { result }) => sum + result.milliseconds[name], 0) / results.length,
      ]),
    ),
    ...compared,
    localisation,
  };
}
