import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { Problem } from '../../../problem.js';
import { type FaceOptions, faceTools } from '../../faces/face-tools.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../../study.js';
import { protocolOf } from '../../verification/protocol-of.js';
import { type MorphPair, planImages, type PlannedImage } from './morph-list.js';
import { labelsTable, morphsTable } from './morph-tables.js';
import type { MorphSettings, MorphTaskOptions } from './morph.task.js';

export interface PerturbMorphsOptions extends Omit<MorphSettings, 'shapeAlpha'>, FaceOptions, StudyOptions {
  /** The list of pairs. */
  readonly pairs: string;
  /** What its paths are relative to. @default the folder of the list */
  readonly images?: string | undefined;
  /** @default alpha */
  readonly shapeAlpha?: number | undefined;
  readonly output: string;
  /** Write the photographs of the list too, cut, resized and encoded as the morphs are. */
  readonly bonaFides?: boolean | undefined;
}

/** Morphs every pair of different persons of a list, and writes what a morph detector is trained and tested on. */
export async function perturbMorphs(
  options: PerturbMorphsOptions,
  context: StudyContext,
): Promise<StudyOutcome> {
  const { output, bonaFides = false } = options;
  const { protocol, images: folder, settings: list } = await protocolOf(options);
  const pairs: MorphPair[] = protocol.pairs.filter(({ genuine }) => !genuine);
  if (pairs.length === 0) {
    throw new Problem(options.pairs, 'all its pairs show one person each', 'list pairs of different persons');
  }
  const settings = morphSettings(options);
  const planned = planImages(pairs, folder, settings.jpeg === undefined ? 'png' : 'jpg', bonaFides);
  const { tools, settings: face } = await faceTools(options, { detector: true, landmarks: true }, context);
  const same = protocol.pairs.length - pairs.length;
  const notes = [
    ...(same > 0 ? [`${same} pairs show one person each and are not morphed`] : []),
    ...protocol.notes.filter(({ kind }) => kind !== 'one-class').map(({ text }) => text),
  ];
  const task: MorphTaskOptions = { ...settings, tools, folder: output };
  return runStudy(
    {
      request: {
        folder: output,
        command: 'perturb morph',
        settings: { ...list, ...settings, ...face, bonaFides },
      },
      title: 'perturb morph',
      items: planned.map(({ item }) => item),
      problems: protocol.dropped.map(
        ({ line, reason }) => new Problem(`${options.pairs}, line ${line}`, reason),
      ),
      notes,
      module: new URL('./morph.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) await writeTables(run, planned, settings);
        return { json: () => Promise.resolve(run.record), lookAt: output };
      },
    },
    options,
    context,
  );
}

/** The settings alone, out of all options of a command. */
export function morphSettings(
  options: Omit<MorphSettings, 'shapeAlpha'> & { readonly shapeAlpha?: number | undefined },
): MorphSettings {
  const { alpha, shapeAlpha = alpha, mode, background, margin, size, jpeg } = options;
  return { alpha, shapeAlpha, mode, background, margin, size, jpeg };
}

/** The tables name the images that were made. */
async function writeTables(
  run: RunFolder,
  planned: readonly PlannedImage[],
  settings: MorphSettings,
): Promise<void> {
  const { skipped, failed } = run.record;
  const missing = new Set([...skipped, ...failed].map(({ item }) => item));
  const made = planned.filter(({ item }) => !missing.has(item.name));
  await writeFileAtomic(join(run.folder, 'morphs.csv'), morphsTable(made, settings));
  await writeFileAtomic(join(run.folder, 'labels.csv'), labelsTable(made));
  run.record.results = {
    morphs: made.filter(({ kind }) => kind === 'morph').length,
    bonaFides: made.filter(({ kind }) => kind === 'bonafide').length,
  };
}
