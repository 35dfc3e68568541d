import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { embeddingOutput } from '../../explain/pair-explanation.js';
import { describeModel } from '../describe-model.js';
import { type FaceOptions, faceTools, needsOfView } from '../faces/face-tools.js';
import { checkOutputFolder } from '../check-output-folder.js';
import { stem } from '../output-name.js';
import { reportRuns } from '../report/report-runs.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../study.js';
import type { PairFigureSettings } from './draw-pair.js';
import type { ExplainPairTaskOptions, PairItem } from './explain-pair.task.js';
import type { PairMethod } from './pair-method.js';
import { readCalibration } from './read-calibration.js';

export interface ExplainPairOptions extends FaceOptions, PairFigureSettings, StudyOptions {
  readonly image: string;
  /** The image that it is compared with; explained as well. */
  readonly reference: string;
  readonly output: string;
  readonly model: string;
  /** A card file. */
  readonly card?: string | undefined;
  readonly aligned?: boolean | undefined;
  readonly method: PairMethod;
  /** Whether the evidence is added up by regions of the face. */
  readonly regions: boolean;
  readonly saveGradients?: boolean | undefined;
  /** A score file with labels, from which a probability is learned. */
  readonly scores?: string | undefined;
}

/** Explains why two faces match, or why they do not: maps of both images, a figure, and the evidence by region. */
export async function explainPair(options: ExplainPairOptions, context: StudyContext): Promise<StudyOutcome> {
  const { image, reference, output, method, aligned = false, regions, saveGradients = false } = options;
  checkOutputFolder(output, [image, reference]);
  const { alpha, dpi, photos } = options;
  const figure = { alpha, dpi, photos };
  const { card, sha256 } = await describeModel(options.model, options.card);
  embeddingOutput(card);
  const calibration = options.scores === undefined ? undefined : await readCalibration(options.scores);
  const view = aligned ? { detector: false, landmarks: false } : needsOfView(card.input, options);
  const needs = { detector: view.detector || regions, landmarks: view.landmarks || regions };
  const { tools, settings: faceSettings } = await faceTools(options, needs, context);
  const item: PairItem = {
    name: `${stem(basename(image))} and ${stem(basename(reference))}`,
    a: image,
    b: reference,
  };
  const task: ExplainPairTaskOptions = {
    output,
    model: options.model,
    card,
    method,
    aligned,
    regions,
    saveGradients,
    calibration,
    tools,
    figure,
  };
  const { name, ...methodOptions } = method;
  const outcome = await runStudy(
    {
      request: {
        folder: output,
        command: `explain ${name}`,
        settings: {
          image,
          reference,
          model: { name: card.name, reference: options.model, sha256 },
          preprocessing: card.input,
          aligned,
          ...(aligned && !regions ? {} : faceSettings),
          ...methodOptions,
          regions,
          saveGradients,
          scores: options.scores ?? null,
          calibration: calibration ?? null,
          ...figure,
        },
      },
      title: 'explain',
      items: [item],
      module: new URL('./explain-pair.task.js', import.meta.url),
      options: task,
      conclude: (run) =>
        Promise.resolve({
          json: async () => [JSON.parse(await readFile(join(run.folder, 'result.json'), 'utf8')) as unknown],
          lookAt: join(run.folder, 'report.html'),
        }),
    },
    { ...options, workers: 1 },
    context,
  );
  if (outcome.record.status === 'done') await reportRuns([outcome.folder], outcome.lookAt);
  return outcome;
}
