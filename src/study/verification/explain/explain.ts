import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { describeModel } from '../../describe-model.js';
import { faceTools } from '../../faces/face-tools.js';
import type { PairFigureSettings } from '../../pair/draw-pair.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { faceSize } from '../face-size.js';
import { checkStudyMethods } from '../methods/check-study-methods.js';
import type { StudyMethodOptions } from '../methods/study-method.js';
import { outcomeOf, outcomes } from '../outcome.js';
import { explainPlots } from '../plot/explain-plots.js';
import { writePlots } from '../plot/study-plot.js';
import { withStudyReport } from '../report/with-study-report.js';
import { stepFolder } from '../step-folder.js';
import { needThreshold } from '../threshold/need-threshold.js';
import { readFaces, type ThresholdResult } from '../threshold/threshold-result.js';
import type { VerificationOptions } from '../verification-options.js';
import { type AverageEvidence, averageEvidence, type ExplainedPair } from './average-evidence.js';
import type { ExplainStepItem, ExplainStepResult, ExplainStepTaskOptions } from './explain.task.js';
import { regionsTable } from './regions-table.js';
import { type ShownPairs, shownPairs } from './shown-pairs.js';

export interface ExplainStepOptions extends VerificationOptions, StudyMethodOptions, PairFigureSettings {
  /** Of which pairs the raw maps are written. */
  readonly maps: ShownPairs;
  /** Of which pairs figures are drawn. */
  readonly figures: ShownPairs;
  /** Whether the evidence is added up by regions of the face. */
  readonly regions: boolean;
}

/** What the record of the run holds of the explanations. */
export interface ExplainStepSummary {
  readonly threshold: number;
  readonly source: string;
  readonly methods: readonly string[];
  /** Pairs of each outcome that were explained. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly regions: readonly AverageEvidence[];
  readonly seed: number;
}

/** Explains every pair of the protocol by several methods, and adds up where the evidence lies. */
export async function explainPairs(
  options: ExplainStepOptions,
  context: StudyContext,
): Promise<StudyOutcome> {
  const { output, model, methods, batchSize, regions, seed = 0, maps, figures, alpha, dpi, photos } = options;
  const { card, sha256 } = await describeModel(model, options.card);
  checkStudyMethods(methods, faceSize(card));
  const needed = await needThreshold(options, context);
  if ('stopped' in needed) return needed.stopped;
  const { pairs, threshold, source, images, settings } = needed.result;
  const folder = stepFolder(output, 'explain');
  const found = await readFaces(output);
  // Landmarks are looked for in the box that the threshold step found, and where it looked for none, in a new one.
  const detector = regions && [...found.values()].some(({ face }) => face === null);
  const tools = await faceTools(options, { detector, landmarks: regions }, context);
  const figure = { alpha, dpi, photos };
  const task: ExplainStepTaskOptions = {
    ...{ folder, images, model, card, modelSha256: sha256, methods, regions, figure },
    evidence: { threshold, batchSize, seed },
    tools: tools.tools,
  };
  const results = pairs.map((pair) => outcomeOf(pair, threshold));
  const [withMaps, withFigures] = [maps, figures].map((shown) => shownPairs(results, shown));
  const outcome = await runStudy(
    {
      request: {
        folder,
        command: 'verification explain',
        settings: {
          ...settings,
          ...tools.settings,
          ...{ threshold, source, methods, regions, maps, figures, seed },
          ...figure,
        },
      },
      title: 'explain',
      items: pairs.map((pair, at): ExplainStepItem => ({
        name: pair.name,
        pair,
        outcome: results[at],
        foundA: found.get(pair.a)!,
        foundB: found.get(pair.b)!,
        maps: withMaps[at],
        figures: withFigures[at],
      })),
      module: new URL('./explain.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) {
          const explained = await explainedPairs(run, needed.result);
          const names = methods.map(({ name }) => name);
          const summary: ExplainStepSummary = {
            ...{ threshold, source, methods: names, seed },
            outcomes: Object.fromEntries(
              outcomes.map((each) => [each, explained.filter(({ outcome }) => outcome === each).length]),
            ),
            regions: averageEvidence(explained, names, seed),
          };
          if (regions) await writeRegions(folder, card.name, summary.regions);
          run.record.results = { ...summary };
        }
        return {
          json: () => Promise.resolve({ folder, ...run.record.results }),
          lookAt: regions ? join(folder, 'regions.csv') : join(folder, 'maps'),
        };
      },
    },
    options,
    context,
  );
  return withStudyReport(output, outcome);
}

/** Writes the table of the regions and its plot. */
async function writeRegions(
  folder: string,
  model: string,
  regions: readonly AverageEvidence[],
): Promise<void> {
  await writeFileAtomic(join(folder, 'regions.csv'), regionsTable(regions));
  await writePlots(folder, explainPlots('explain', [{ name: model, regions }]));
}

/** The finished pairs in the order of the list. */
async function explainedPairs(
  run: RunFolder,
  { pairs, threshold }: Pick<ThresholdResult, 'pairs' | 'threshold'>,
): Promise<ExplainedPair[]> {
  const evidence = new Map<string, ExplainStepResult['evidence']>();
  for await (const { item, result } of run.results())
    evidence.set(item, (result as ExplainStepResult).evidence);
  return pairs.flatMap((pair): ExplainedPair[] => {
    const own = evidence.get(pair.name);
    if (own === undefined) return [];
    const { identityA, identityB } = pair;
    return [{ identities: [identityA, identityB], outcome: outcomeOf(pair, threshold), evidence: own }];
  });
}
