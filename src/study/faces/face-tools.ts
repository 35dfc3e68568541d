import type { Detector } from '../../face/detector.js';
import type { ShapePredictor } from '../../face/landmarks/dlib/shape-predictor.js';
import type { FaceSelection } from '../../face/select-face.js';
import type { CardInput } from '../../model/card.js';
import type { FetchProgress } from '../../model/zoo/catalogue-entry.js';
import type { StudyContext } from '../study.js';

/** How a user asks for faces to be found; part of the options of every command that looks for one. */
export interface FaceOptions {
  readonly detector: Detector['name'];
  readonly select: FaceSelection;
  /** The dlib predictor file; looked for, else the network of the zoo, where left out. */
  readonly landmarkModel?: string | undefined;
  /** OpenCV's cascade file, for the detector haar; looked for where left out. */
  readonly cascade?: string | undefined;
  /** Shorter side of the smallest face that is looked for, in pixels; the detector's own where left out. */
  readonly minFaceSize?: number | undefined;
}

/** What the worker threads find faces with. The predictor lies in shared memory, so it is read once. */
export interface FaceTools extends Pick<FaceOptions, 'detector' | 'select' | 'cascade' | 'minFaceSize'> {
  readonly predictor: ShapePredictor | undefined;
}

/** Which of the tools a study uses. */
export interface FaceNeeds {
  readonly detector: boolean;
  /** The 68 points. */
  readonly landmarks: boolean;
  /** The 468 points. @default false */
  readonly mesh?: boolean | undefined;
}

/**
 * Prepares the tools on the main thread, fetching those that are needed, and says what they are for the record of the run.
 * @throws {Problem} where one of them is not to be had.
 */
export async function faceTools(
  options: FaceOptions,
  needs: FaceNeeds,
  { signal, listen }: StudyContext,
): Promise<{ tools: FaceTools; settings: Record<string, unknown> }> {
  const { detector, select, cascade, minFaceSize } = options;
  const told = new Set<string>();
  const onProgress = ({ name }: FetchProgress) => {
    if (!told.has(name)) listen({ type: 'note', level: 'info', message: `fetching ${name}` });
    told.add(name);
  };
  // What is not needed is not loaded: a grid is hidden without any of this, and its run starts twice as fast.
  let predictor: ShapePredictor | undefined;
  if (needs.landmarks) {
    const { readPredictor } = await import('../../face/open-landmark-model.js');
    predictor = await readPredictor({ file: options.landmarkModel });
  }
  if (needs.detector) {
    const { fetchDetector } = await import('../../face/fetch-detector.js');
    await fetchDetector(detector, { signal, onProgress });
  }
  if (needs.landmarks && predictor === undefined) {
    const { fetchModel } = await import('../../model/zoo/fetch-model.js');
    await fetchModel('fr_landmark', { signal, onProgress });
  }
  if (needs.mesh === true) {
    const { fetchModel } = await import('../../model/zoo/fetch-model.js');
    await fetchModel('facemesh', { signal, onProgress });
  }
  return {
    tools: { detector, select, cascade, minFaceSize, predictor },
    settings: {
      ...(needs.detector ? { detector, select, cascade, minFaceSize } : {}),
      ...(needs.landmarks ? { landmarkModel: predictor === undefined ? 'fr68' : 'dlib68' } : {}),
      ...(needs.mesh === true ? { mesh: 'mesh468' } : {}),
    },
  };
}

/** What it takes to cut a model's view out of a photograph. */
export function needsOfView(input: CardInput, { detector }: FaceOptions): FaceNeeds {
  return {
    detector: input.crop.kind !== 'whole',
    landmarks: input.crop.kind === 'template' && detector !== 'mtcnn',
  };
}
