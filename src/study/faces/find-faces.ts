import { availableParallelism } from 'node:os';
import type { LandmarkCount } from '../../face/landmark-model.js';
import type { Box } from '../../image/geometry.js';
import { runTasks } from '../../jobs/run-tasks.js';
import { Problem } from '../../problem.js';
import { imageItems } from '../image-items.js';
import type { StudyContext } from '../study.js';
import { type FaceOptions, faceTools } from './face-tools.js';
import type { FindFacesTaskOptions, FoundFaces } from './find-faces.task.js';

export interface FindFacesOptions extends FaceOptions {
  /** Files and folders. */
  readonly images: readonly string[];
  /** Find so many landmarks of each face too. */
  readonly landmarks?: LandmarkCount | undefined;
  /** The face is in this rectangle: nothing is looked for. */
  readonly rect?: Box | undefined;
  readonly workers?: number | undefined;
}

/** The faces of one image, or why they cannot be found. */
export type FacesOfImage = { readonly file: string } & (FoundFaces | { readonly error: string });

/** The faces of images, in the order in which the images were given. */
export async function findFaces(options: FindFacesOptions, context: StudyContext): Promise<FacesOfImage[]> {
  const { signal, listen } = context;
  const { items, problems } = await imageItems(options.images);
  const found = new Map<string, FacesOfImage>();
  for (const problem of problems) listen({ type: 'note', level: 'warning', message: problem.message });
  const { landmarks, rect, workers = availableParallelism() } = options;
  const needs = { detector: rect === undefined, landmarks: landmarks === 68, mesh: landmarks === 468 };
  const { tools } = await faceTools(options, needs, context);
  const outcomes = runTasks<FindFacesTaskOptions, (typeof items)[number], FoundFaces>({
    module: new URL('./find-faces.task.js', import.meta.url),
    options: { tools, landmarks, rect },
    items,
    workers: Math.min(workers, items.length),
    signal,
  });
  for await (const outcome of outcomes) {
    const { name, file } = outcome.item;
    if ('result' in outcome) {
      found.set(name, { file, ...outcome.result });
      continue;
    }
    const error = 'problem' in outcome ? outcome.problem : outcome.defect;
    const reason =
      error instanceof Problem && error.what === name ? error.message : `${file}: ${error.message}`;
    found.set(name, { file, error: reason });
    listen({ type: 'skipped', item: name, reason });
  }
  return items.flatMap(({ name }) => found.get(name) ?? []);
}
