import { stringify } from 'csv-stringify/sync';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { writeScoreFile } from '../../dataset/write-score-file.js';
import type { RunFolder } from '../../jobs/run/run-folder.js';
import { encodeNpy } from '../../tensor/npy.js';
import type { CardInput } from '../../model/card.js';
import { type FaceNeeds, type FaceOptions, faceTools, needsOfView } from '../faces/face-tools.js';
import { imageItems } from '../image-items.js';
import { describeModel } from '../describe-model.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../study.js';
import { scoreRequest, type ScoreWishes } from './score-request.js';
import type { BoxSource, ScoreResult, ScoreTaskOptions } from './score.task.js';

export interface ScoreOptions extends FaceOptions, ScoreWishes, StudyOptions {
  readonly inputPath: string;
  /** The score file. The record of the run lies in a folder of the same name with `.run` at its end. */
  readonly output: string;
  readonly model: string;
  readonly card?: string | undefined;
  readonly aligned?: boolean | undefined;
  /** Where the faces are known: `celeba-spoof`, in the file with a box beside each image. */
  readonly boxes?: BoxSource | undefined;
}

/** Scores every image below a folder, sorted by path. */
export async function score(options: ScoreOptions, context: StudyContext): Promise<StudyOutcome> {
  const { inputPath, output, model, aligned = false, boxes, workers = availableParallelism() } = options;
  const { items, problems } = await imageItems([inputPath]);
  const { card, sha256 } = await describeModel(model, options.card);
  const request = scoreRequest(options, card);
  const needs = scoreNeeds(card.input, options);
  const { tools, settings } = await faceTools(options, needs, context);
  const threads = Math.max(1, Math.floor(availableParallelism() / Math.min(workers, items.length)));
  const task: ScoreTaskOptions = { model, card, request, aligned, boxes, tools, threads };
  return runStudy(
    {
      request: {
        folder: `${output}.run`,
        command: 'score',
        settings: {
          inputPath: resolve(inputPath),
          model: { name: card.name, reference: model, sha256 },
          preprocessing: card.input,
          request,
          aligned,
          ...(boxes === undefined ? {} : { boxes }),
          ...(aligned ? {} : settings),
        },
      },
      title: 'score',
      items,
      problems,
      module: new URL('./score.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) await writeScores(run, options);
        return { json: () => Promise.resolve(run.record), lookAt: output };
      },
    },
    { ...options, workers },
    context,
  );
}

function scoreNeeds(input: CardInput, options: ScoreOptions): FaceNeeds {
  if (options.aligned === true) return { detector: false, landmarks: false };
  if (options.boxes === undefined) return needsOfView(input, options);
  return { detector: false, landmarks: input.crop.kind === 'template' };
}

/** Paths are written as they were given, so that a score file can be read from the folder where it was made. */
async function writeScores(run: RunFolder, { inputPath, output, embeddings }: ScoreOptions): Promise<void> {
  const rows: { name: string; result: ScoreResult }[] = [];
  for await (const { item, result } of run.results())
    rows.push({ name: item, result: result as ScoreResult });
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const path = (name: string) => join(inputPath, name).replaceAll('\\', '/');
  const scored = rows.flatMap(({ name, result: { score, classes } }) =>
    score === null ? [] : [{ path: path(name), score, extra: classes }],
  );
  if (scored.length > 0) await writeScoreFile(output, scored);
  // Embeddings alone have no score: the table says which row of the array belongs to which image.
  else {
    const table = rows.map(({ name }, row) => ({ path: path(name), row }));
    await writeFileAtomic(output, stringify(table, { header: true }));
  }
  if (embeddings !== undefined) {
    const length = rows[0]?.result.embedding?.length ?? 0;
    const data = Float32Array.from(rows.flatMap(({ result }) => result.embedding ?? []));
    await writeFileAtomic(embeddings, encodeNpy({ data, shape: [rows.length, length] }));
  }
}
