import type { OpenModelOptions } from '../model/open-model.js';
import { Problem } from '../problem.js';
import type { LandmarkModel } from './landmark-model.js';
import { createDlib68 } from './landmarks/dlib68.js';
import { readShapePredictor } from './landmarks/dlib/read-shape-predictor.js';
import type { ShapePredictor } from './landmarks/dlib/shape-predictor.js';
import { dlibPredictorPlaces, findDlibPredictor } from './landmarks/find-dlib-predictor.js';
import { openFr68 } from './landmarks/fr68.js';
import { openMesh468 } from './landmarks/mesh468.js';

export interface LandmarkModelOptions extends Pick<
  OpenModelOptions,
  'home' | 'inline' | 'signal' | 'onProgress'
> {
  /** dlib's predictor file (`--landmark-model`). */
  readonly file?: string | undefined;
  /** A predictor that was read already: it lies in shared memory and can be posted to worker threads. */
  readonly predictor?: ShapePredictor | undefined;
  /** Insist on one of the models. Default: one of 68 points, dlib68 where its file is found, else fr68. */
  readonly prefer?: LandmarkModel['name'] | undefined;
}

/**
 * Opens a landmark model: the mesh where it is preferred; else dlib's predictor from the file or predictor given, else from the first place where it is
 * found, else the network of the zoo.
 *
 * @throws Problem where the file given or insisted on is not usable.
 */
export async function openLandmarkModel(options: LandmarkModelOptions = {}): Promise<LandmarkModel> {
  if (options.prefer === 'mesh468') return openMesh468(options);
  const predictor = options.predictor ?? (await readPredictor(options));
  return predictor === undefined ? openFr68(options) : createDlib68(predictor);
}

/**
 * The predictor that `openLandmarkModel` would use with these options, for reading it once and sharing it between
 * threads; undefined where it would use the network.
 */
export async function readPredictor(options: LandmarkModelOptions = {}): Promise<ShapePredictor | undefined> {
  if (options.file !== undefined) return read68(options.file);
  if (options.prefer === 'fr68' || options.prefer === 'mesh468') return undefined;
  const found = await findDlibPredictor(options.home);
  if (found !== undefined) return read68(found);
  if (options.prefer !== 'dlib68') return undefined;
  throw new Problem(
    'dlib68',
    `its predictor file is not at ${dlibPredictorPlaces(options.home).join(', ')}`,
    'give the file with --landmark-model, install the package libdlib-data, or pull dlib68 into the zoo',
  );
}

async function read68(file: string): Promise<ShapePredictor> {
  const predictor = await readShapePredictor(file);
  if (predictor.parts === 68) return predictor;
  throw new Problem(file, `it finds ${predictor.parts} landmarks, not 68`, 'give the 68-point predictor');
}
