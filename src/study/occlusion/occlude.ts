import { resolve } from 'node:path';
import { type FaceOptions, faceTools } from '../faces/face-tools.js';
import { checkOutputFolder } from '../check-output-folder.js';
import { imageItems } from '../image-items.js';
import { checkStems } from '../output-name.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../study.js';
import { occlusionSettings } from './occlusion-settings.js';
import type { OccludeTaskOptions } from './occlude.task.js';

export interface OccludeOptions extends Omit<OccludeTaskOptions, 'tools'>, FaceOptions, StudyOptions {
  readonly inputPath: string;
}

/** Writes the occluded variants of every image below a folder, and in the journal what was hidden. */
export async function occlude(options: OccludeOptions, context: StudyContext): Promise<StudyOutcome> {
  const landmarks = options.mode === 'landmark' || options.mode === 'both';
  const needs = { detector: landmarks && options.face === 'detect', landmarks };
  const { tools, settings } = await faceTools(options, needs, context);
  const occlusion = occlusionSettings(options);
  const { outputPath, face, lossless } = options;
  checkOutputFolder(options.outputPath, [options.inputPath]);
  const { items, problems } = await imageItems([options.inputPath]);
  if (options.lossless === true) checkStems(items.map(({ name }) => name));
  return runStudy(
    {
      request: {
        folder: options.outputPath,
        command: 'occlude',
        settings: { inputPath: resolve(options.inputPath), ...occlusion, ...settings, face, lossless },
      },
      title: 'occlude',
      items,
      problems,
      module: new URL('./occlude.task.js', import.meta.url),
      // While one image is being decoded, the variants of another are written.
      itemsAThread: 2,
      options: { ...occlusion, outputPath, face, lossless, tools } satisfies OccludeTaskOptions,
      conclude: (run) =>
        Promise.resolve({ json: () => Promise.resolve(run.record), lookAt: options.outputPath }),
    },
    options,
    context,
  );
}
