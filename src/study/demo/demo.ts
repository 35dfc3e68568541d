import { join } from 'node:path';
import { faceRegions } from '../../face/regions.js';
import { pullModels } from '../../model/zoo/pull-models.js';
import { explainByOcclusion, type ExplainOptions } from '../explain/explain.js';
import { reportRuns } from '../report/report-runs.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../study.js';

export interface DemoOptions extends StudyOptions {
  readonly output: string;
}

/** The networks that the demo explains: no weights of morphing-attack detectors are public, so a PAD and a recogniser. */
const models = [
  // The probability of a sure decision hardly moves; its logit does.
  { name: 'fr_liveness', target: 'logit:bona-fide' },
  { name: 'fr_feature', target: 'self-similarity' },
] as const;

/** The networks that find faces and landmarks. */
const faceModels = ['mtcnn_pnet', 'mtcnn_rnet', 'mtcnn_onet', 'fr_landmark'];

/** Fetches the default models and the photographs, explains two models on them, and writes one report. */
export async function demo(
  { output, workers, resume }: DemoOptions,
  context: StudyContext,
): Promise<StudyOutcome> {
  const fetched = new Set<string>();
  const { photographs } = await pullModels(
    ['photographs', ...models.map(({ name }) => name), ...faceModels],
    {
      signal: context.signal,
      onProgress({ name }) {
        if (fetched.has(name)) return;
        fetched.add(name);
        context.listen({ type: 'note', level: 'info', message: `fetching ${name}` });
      },
    },
  );
  const outcomes: StudyOutcome[] = [];
  for (const { name, target } of models) {
    if (context.signal.aborted) break;
    outcomes.push(
      await explainByOcclusion(optionsFor(name, target, photographs, output, { workers, resume }), context),
    );
  }
  const lookAt = join(output, 'report.html');
  if (!context.signal.aborted)
    await reportRuns(
      outcomes.map(({ folder }) => folder),
      lookAt,
    );
  const last = outcomes.at(-1)!;
  return { ...last, folder: output, json: () => Promise.all(outcomes.map(({ json }) => json())), lookAt };
}

function optionsFor(
  model: string,
  target: string,
  photographs: readonly string[],
  output: string,
  options: StudyOptions,
): ExplainOptions {
  return {
    ...options,
    images: photographs,
    output: join(output, model),
    model,
    target,
    detector: 'mtcnn',
    select: 'largest',
    mode: 'window',
    gridRowsCount: 4,
    gridColumnsCount: 4,
    regions: faceRegions,
    landmarkPrecision: 'pixel',
    landmarkScaleFactor: 1.5,
    fill: 'black',
    batchSize: 16,
    seed: 0,
    colormap: 'coolwarm',
    alpha: 0.6,
    dpi: 120,
    photos: true,
  };
}
