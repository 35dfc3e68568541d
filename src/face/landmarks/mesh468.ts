import type { Point } from '../../image/geometry.js';
import { toRgb } from '../../image/gray.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { openModel, type OpenModelOptions } from '../../model/open-model.js';
import { inputLength, inputShape, writeInput } from '../../model/write-input.js';
import { Problem } from '../../problem.js';
import type { LandmarkModel } from '../landmark-model.js';
import { transformPoint } from '../transform-point.js';
import {
  sampleSquare,
  squareAround,
  squareToImage,
  uprightSquare,
  type TurnedSquare,
} from './turned-square.js';

const SIDE = 192;
const POINTS = 468;
/** Large faces are warped at up to this multiple and averaged down, so that they do not alias. */
const MOST_OVERSAMPLING = 4;
/** The side of the second square in units of the longer side of the box about the points; MediaPipe's own. */
const SQUARE_SIDE = 1.5;
/** The outer corners of the eyes, the subject's right one first. */
const LEVEL = [33, 263] as const;
/** Below this probability of a face the points mean nothing. */
const LEAST_PRESENCE = 0.5;

interface MeshPass {
  readonly points: Point[];
  /** The probability that the square shows a face. */
  readonly presence: number;
}

/**
 * The 468 points of MediaPipe's face mesh (Kartynnik et al., 2019) by the zoo's `facemesh`: an RGB square of 192x192 to points in
 * its pixels, and the probability that it shows a face. The points in the enlarged box place and turn the square for a second pass.
 */
export async function openMesh468(
  options: Pick<OpenModelOptions, 'home' | 'inline' | 'signal' | 'onProgress'> = {},
): Promise<LandmarkModel> {
  const cv = await loadOpenCv();
  const network = await openModel('facemesh', { ...options, threads: 1 });
  const { input } = network.card;
  const enlargement = input.crop.kind === 'box' ? input.crop.scale : 1;

  async function pass(photo: RasterImage, square: TurnedSquare): Promise<MeshPass> {
    const oversampling = Math.min(Math.max(Math.round(square.side / SIDE), 1), MOST_OVERSAMPLING);
    const image = sampleSquare(cv, photo, square, SIDE, oversampling);
    const data = new Float32Array(inputLength(input, image));
    writeInput(cv, input, image, data, 0);
    const outputs = await network.run({ [input.name!]: { data, shape: inputShape(input, 1, image) } });
    const { data: mesh } = outputs.output_mesh;
    const toImage = squareToImage(square);
    const points = Array.from({ length: POINTS }, (_, i) =>
      // Whole numbers of the network's pixels name their centres.
      transformPoint(toImage, [(mesh[3 * i] + 0.5) / SIDE, (mesh[3 * i + 1] + 0.5) / SIDE]),
    );
    return { points, presence: outputs.output_faceflag.data[0] };
  }

  return {
    name: 'mesh468',
    async landmarks(image, box, { exact = false } = {}) {
      const photo = toRgb(image);
      const side = Math.max(box.width, box.height) * enlargement;
      const first = await pass(photo, uprightSquare(box, side));
      const { points, presence } = exact ? first : await pass(photo, nextSquare(first.points));
      if (presence >= LEAST_PRESENCE) return points;
      throw new Problem(
        'face',
        `the mesh of 468 points does not find it in its box: probability ${presence.toPrecision(2)}`,
        'use another detector, or 68 landmarks',
      );
    },
    close: () => network.close(),
  };
}

function nextSquare(points: readonly Point[]): TurnedSquare {
  return squareAround(points, { level: [points[LEVEL[0]], points[LEVEL[1]]], side: SQUARE_SIDE });
}
