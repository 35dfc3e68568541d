import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { Task } from '../../../jobs/task.js';
import { type MorphedFace, morphFaces, type MorphMode } from '../../../perturb/morph/morph-faces.js';
import { Problem } from '../../../problem.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { type Finish, finishImage } from './finish-image.js';

/** How two faces are morphed, and how every image is written. */
export interface MorphSettings extends Finish {
  readonly alpha: number;
  readonly shapeAlpha: number;
  readonly mode: MorphMode;
  /** Which photograph gives the background. */
  readonly background: 'a' | 'b';
  /** Quality of JPEG; PNG where left out. */
  readonly jpeg?: number | undefined;
}

export interface MorphTaskOptions extends MorphSettings {
  readonly tools: FaceTools;
  readonly folder: string;
}

/** One image to make: of two photographs, or a bona fide one that goes the same way without being morphed. */
export interface MorphItem {
  readonly name: string;
  /** Path below the output folder. */
  readonly output: string;
  readonly fileA: string;
  /** Left out for a bona fide image. */
  readonly fileB?: string | undefined;
}

/** What the journal keeps of one image. */
export interface MorphResult {
  readonly output: string;
  readonly notes: readonly string[];
}

/** Morphs one pair of photographs after the other. */
export default async function startMorphing(
  options: MorphTaskOptions,
): Promise<Task<MorphItem, MorphResult>> {
  const { alpha, shapeAlpha, mode, background, jpeg } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);

  async function faceOf(file: string): Promise<MorphedFace & { notes: readonly string[] }> {
    const { image, notes } = await decodeImage(file);
    try {
      const { face } = await finder.one(image);
      return { image, landmarks: await finder.landmarks(image, face), notes };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new Problem(file, error.message, 'use a photograph of one frontal face');
    }
  }

  function morph(a: MorphedFace, b: MorphedFace): MorphedFace {
    return background === 'a'
      ? morphFaces(cv, a, b, { alpha, shapeAlpha, mode })
      : morphFaces(cv, b, a, { alpha: 1 - alpha, shapeAlpha: 1 - shapeAlpha, mode });
  }

  return {
    async run({ output, fileA, fileB }) {
      const a = await faceOf(fileA);
      const b = fileB === undefined ? undefined : await faceOf(fileB);
      const made = b === undefined ? a : morph(a, b);
      const finished = finishImage(cv, made.image, made.landmarks, options);
      const bytes = await (jpeg === undefined
        ? encodeImage(finished, 'png')
        : encodeImage(finished, 'jpeg', { quality: jpeg, dct: 'accurate' }));
      await writeFileAtomic(outputPath(options.folder, output), bytes);
      return { output, notes: [...a.notes, ...(b?.notes ?? [])] };
    },
  };
}
