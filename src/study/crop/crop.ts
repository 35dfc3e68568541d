import { resolve } from 'node:path';
import { type FaceOptions, faceTools } from '../faces/face-tools.js';
import { checkOutputFolder } from '../check-output-folder.js';
import { imageItems } from '../image-items.js';
import { checkStems } from '../output-name.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../study.js';
import type { CropTaskOptions } from './crop.task.js';

export interface CropOptions extends Omit<CropTaskOptions, 'tools'>, FaceOptions, StudyOptions {
  readonly inputPath: string;
}

/** Cuts the face out of every image below a folder and writes the same tree. */
export async function crop(options: CropOptions, context: StudyContext): Promise<StudyOutcome> {
  const { outputPath, align, size, margin, lossless, compat } = options;
  // The source system takes the first face that its detector gives.
  const select = compat === 'upstream' ? 'first' : options.select;
  // MTCNN gives the five points that an alignment needs.
  const needs = { detector: true, landmarks: align !== undefined && options.detector !== 'mtcnn' };
  const { tools, settings } = await faceTools({ ...options, select }, needs, context);
  checkOutputFolder(options.outputPath, [options.inputPath]);
  const { items, problems } = await imageItems([options.inputPath]);
  if (options.lossless === true) checkStems(items.map(({ name }) => name));
  return runStudy(
    {
      request: {
        folder: options.outputPath,
        command: 'crop',
        settings: {
          inputPath: resolve(options.inputPath),
          ...settings,
          align,
          size,
          margin,
          lossless,
          compat,
        },
      },
      title: 'crop',
      items,
      problems,
      module: new URL('./crop.task.js', import.meta.url),
      options: { outputPath, align, size, margin, lossless, compat, tools } satisfies CropTaskOptions,
      conclude: (run) =>
        Promise.resolve({ json: () => Promise.resolve(run.record), lookAt: options.outputPath }),
    },
    options,
    context,
  );
}
