import type { Detector } from '../../face/detector.js';
import type { ShapePredictor } from '../../face/landmarks/dlib/shape-predictor.js';
import { readPredictor } from '../../face/open-landmark-model.js';
import type { FaceSelection } from '../../face/select-face.js';

/** How a user asks for faces to be found; part of the options of every command that looks for one. */
export interface FaceOptions {
  readonly detector: Detector['name'];
  readonly select: FaceSelection;
  /** The dlib predictor file; looked for, else the network of the zoo, where left out. */
  readonly landmarkModel?: string | undefined;
}

/** What the worker threads find faces with. The predictor lies in shared memory, so it is read once. */
export interface FaceTools {
  readonly detector: Detector['name'];
  readonly select: FaceSelection;
  readonly predictor: ShapePredictor | undefined;
}

/** Prepares the tools on the main thread, and says what they are for the record of the run. */
export async function faceTools(
  options: FaceOptions,
): Promise<{ tools: FaceTools; settings: Record<string, unknown> }> {
  const { detector, select } = options;
  const predictor = await readPredictor({ file: options.landmarkModel });
  return {
    tools: { detector, select, predictor },
    settings: { detector, select, landmarkModel: predictor === undefined ? 'fr68' : 'dlib68' },
  };
}
