import { basename, dirname, extname, join, resolve } from 'node:path';
import { runTasks } from '../../../jobs/run-tasks.js';
import { imageFormatOf } from '../../../dataset/image-format.js';
import { Problem } from '../../../problem.js';
import { type FaceOptions, faceTools } from '../../faces/face-tools.js';
import { stem } from '../../output-name.js';
import type { StudyContext } from '../../study.js';
import type { MorphItem, MorphResult, MorphSettings, MorphTaskOptions } from './morph.task.js';
import { morphSettings } from './perturb-morphs.js';

export interface MorphOneOptions extends Omit<MorphSettings, 'shapeAlpha'>, FaceOptions {
  readonly a: string;
  readonly b: string;
  readonly shapeAlpha?: number | undefined;
  /** A PNG or JPEG file, or a folder for `<a>_<b>.png`. */
  readonly output: string;
}

/**
 * Morphs two photographs into one file.
 * @returns its path
 * @throws {Problem} where a photograph has no face, or both are one file
 */
export async function morphOne(options: MorphOneOptions, context: StudyContext): Promise<string> {
  const { a, b } = options;
  if (resolve(a) === resolve(b)) throw new Problem(b, 'is the photograph that it would be morphed with');
  const { path, jpeg } = outputOf(options);
  const { tools } = await faceTools(options, { detector: true, landmarks: true }, context);
  const task: MorphTaskOptions = { ...morphSettings({ ...options, jpeg }), tools, folder: dirname(path) };
  const item: MorphItem = { name: basename(path), output: basename(path), fileA: a, fileB: b };
  const outcomes = runTasks<MorphTaskOptions, MorphItem, MorphResult>({
    module: new URL('./morph.task.js', import.meta.url),
    options: task,
    items: [item],
    workers: 1,
    signal: context.signal,
  });
  for await (const outcome of outcomes) {
    if ('problem' in outcome) throw outcome.problem;
    if ('defect' in outcome) throw outcome.defect;
    for (const message of outcome.result.notes) context.listen({ type: 'note', level: 'info', message });
  }
  return path;
}

function outputOf({ a, b, output, jpeg }: MorphOneOptions): Pick<MorphSettings, 'jpeg'> & { path: string } {
  const name = (file: string) => stem(basename(file));
  if (extname(output) === '') {
    return { path: join(output, `${name(a)}_${name(b)}.${jpeg === undefined ? 'png' : 'jpg'}`), jpeg };
  }
  const format = imageFormatOf(output);
  if (format === 'png' && jpeg === undefined) return { path: output, jpeg };
  if (format === 'jpeg') return { path: output, jpeg: jpeg ?? 95 };
  throw new Problem(output, 'a morph is written as PNG, or as JPEG', 'name a .png or .jpg file, or a folder');
}
