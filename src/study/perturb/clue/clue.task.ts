import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { imageFormatOf } from '../../../dataset/image-format.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Task } from '../../../jobs/task.js';
import { applyClue } from '../../../perturb/spoof/apply-clue.js';
import { faceMask } from '../../../perturb/spoof/face-mask.js';
import { Problem } from '../../../problem.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import type { ImageItem } from '../../image-items.js';
import { imageSeed } from '../../image-seed.js';
import { outputName } from '../../output-name.js';
import type { ClueSettings } from './clue-settings.js';

export interface ClueTaskOptions extends ClueSettings {
  readonly tools: FaceTools;
  readonly outputPath: string;
  /** The seed of the study; every image has its own, made from it. */
  readonly seed: number;
  readonly face: 'detect' | 'whole';
  readonly lossless?: boolean | undefined;
}

/** What the journal keeps of one image. */
export interface ClueResult {
  /** Of the random numbers of this image: `applyClue` with it makes the same samples. */
  readonly seed: number;
  /** Paths of the images below the output folder, in the order of the severities. */
  readonly outputs: readonly string[];
  /** Share of the image that the mask covers. */
  readonly covered: number;
  readonly notes: readonly string[];
}

/** In fewer pixels there is no telling a face, let alone a clue in it. */
const leastSide = 16;

/** Puts a clue into one image after the other. An item's name is its path below the input folder. */
export default async function startClues(options: ClueTaskOptions): Promise<Task<ImageItem, ClueResult>> {
  const { clue, levels, mask, compat, lossless } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);

  async function maskOf(image: RasterImage): Promise<Uint8Array | undefined> {
    if (mask === 'whole') return undefined;
    const { width, height } = image;
    const whole = { box: { x: 0, y: 0, width, height } };
    const face = options.face === 'whole' ? whole : (await finder.one(image)).face;
    const landmarks = await finder.landmarks(image, face);
    const covered = faceMask(cv, landmarks, width, height, mask === 'face' ? undefined : mask);
    if (!covered.includes(1)) throw new Problem('mask', 'the face has no pixel of it inside this image');
    return covered;
  }

  return {
    async run({ name, file }) {
      const { image, notes } = await decodeImage(file, { name });
      const { width, height } = image;
      if (Math.min(width, height) < leastSide) {
        throw new Problem(
          name,
          `has ${width}x${height} pixels, and a clue needs ${leastSide} each way`,
          'use a larger image',
        );
      }
      const shares = await maskOf(image);
      const seed = imageSeed(options.seed, name);
      const output = lossless === true ? outputName(name, 'png') : name;
      const format = imageFormatOf(output) ?? 'png';
      const outputs: string[] = [];
      for (const { severity, parameters, folder } of levels) {
        const perturbed = applyClue(cv, image, {
          clue,
          severity,
          parameters,
          seed,
          mask: shares ?? wholeMask(width, height),
          compat,
        });
        const path = folder === '' ? output : `${folder}/${output}`;
        const bytes = await encodeImage(perturbed, format, { dct: 'accurate' });
        await writeFileAtomic(outputPath(options.outputPath, path), bytes);
        outputs.push(path);
      }
      const covered =
        shares === undefined ? 1 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
      return { seed, outputs, covered, notes };
    },
  };
}

function wholeMask(width: number, height: number): Uint8Array {
  return new Uint8Array(width * height).fill(1);
}
