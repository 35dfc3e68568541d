import { resolve } from 'node:path';
import type { ClueParameters, Severity } from '../../../perturb/spoof/spoof-clue.js';
import { type SpoofClueName, spoofClues } from '../../../perturb/spoof/clues.js';
import type { SpoofClue } from '../../../perturb/spoof/spoof-clue.js';
import { checkOutputFolder } from '../../check-output-folder.js';
import { type FaceOptions, faceTools } from '../../faces/face-tools.js';
import { imageItems } from '../../image-items.js';
import { checkStems } from '../../output-name.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../../study.js';
import { clueLevels, type MaskChoice, usualMask } from './clue-settings.js';
import type { ClueTaskOptions } from './clue.task.js';

export interface PerturbClueOptions extends FaceOptions, StudyOptions {
  readonly clue: SpoofClueName;
  readonly inputPath: string;
  readonly outputPath: string;
  readonly severity: readonly Severity[];
  /** Parameters that are not to be those of the severity. */
  readonly parameters: ClueParameters;
  readonly seed: number;
  /** @default the face for clues that need a mask, else everywhere */
  readonly mask?: MaskChoice | undefined;
  /** `whole`: every image is a tight crop of one face. */
  readonly face: 'detect' | 'whole';
  readonly lossless?: boolean | undefined;
  readonly compat?: 'upstream' | undefined;
}

/** Puts a clue of an attack into every image below a folder and writes the same tree. */
export async function perturbClue(options: PerturbClueOptions, context: StudyContext): Promise<StudyOutcome> {
  const { clue, inputPath, outputPath, seed, face, lossless, compat } = options;
  const mask = options.mask ?? usualMask(clue);
  const levels = clueLevels(clue, options.severity, options.parameters);
  const needs = { detector: mask !== 'whole' && face === 'detect', landmarks: mask !== 'whole' };
  const { tools, settings } = await faceTools(options, needs, context);
  checkOutputFolder(outputPath, [inputPath]);
  const { items, problems } = await imageItems([inputPath]);
  if (lossless === true) checkStems(items.map(({ name }) => name));
  const { seeded }: SpoofClue = spoofClues[clue];
  const task: ClueTaskOptions = { clue, levels, mask, compat, seed, face, lossless, outputPath, tools };
  return runStudy(
    {
      request: {
        folder: outputPath,
        command: `perturb ${clue}`,
        settings: {
          inputPath: resolve(inputPath),
          levels: levels.map(({ severity, parameters }) => ({ severity, parameters })),
          ...(seeded ? { seed } : {}),
          mask,
          ...(mask === 'whole' ? {} : { face }),
          ...settings,
          lossless,
          compat,
        },
      },
      title: `perturb ${clue}`,
      items,
      problems,
      module: new URL('./clue.task.js', import.meta.url),
      options: task,
      conclude: (run) => Promise.resolve({ json: () => Promise.resolve(run.record), lookAt: outputPath }),
    },
    options,
    context,
  );
}
