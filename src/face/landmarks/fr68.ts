import type { Point } from '../../image/geometry.js';
import { toGray } from '../../image/gray.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { openModel, type OpenModelOptions } from '../../model/open-model.js';
import { inputLength, inputShape, writeInput } from '../../model/write-input.js';
import type { LandmarkModel } from '../landmark-model.js';
import { transformPoint } from '../transform-point.js';
import {
  sampleSquare,
  squareAround,
  squareToImage,
  uprightSquare,
  type TurnedSquare,
} from './turned-square.js';

const SIDE = 64;
/** The face is warped at this multiple and averaged down, so that a large face does not alias. */
const OVERSAMPLING = 4;
/**
 * The square that the network is surest in, in units of the longer side of the box about its 68 points: its own side,
 * and how far its centre lies above that of the points. Found on the 44 photographs of golden/dlib68.
 */
const SQUARE_SIDE = 1.15;
const SQUARE_RISE = 0.1;
const PASSES = 2;

/**
 * Landmarks by the 68-point network of the zoo (`fr_landmark`): a gray square of 64x64, samples / 256, to points as
 * shares of the square. Its result depends on where the face lies in the square, so the points found first place and turn
 * the square for two further passes.
 */
export async function openFr68(
  options: Pick<OpenModelOptions, 'home' | 'inline' | 'signal' | 'onProgress'> = {},
): Promise<LandmarkModel> {
  const cv = await loadOpenCv();
  const network = await openModel('fr_landmark', { ...options, threads: 1 });

  async function pass(gray: RasterImage, square: TurnedSquare): Promise<Point[]> {
    const toImage = squareToImage(square);
    const { input } = network.card;
    const image = sampleSquare(cv, gray, square, SIDE, OVERSAMPLING);
    const data = new Float32Array(inputLength(input, image));
    writeInput(cv, input, image, data, 0);
    const { output } = await network.run({ input: { data, shape: inputShape(input, 1, image) } });
    return Array.from({ length: 68 }, (_, i) =>
      transformPoint(toImage, [output.data[2 * i], output.data[2 * i + 1]]),
    );
  }

  return {
    name: 'fr68',
    async landmarks(image, box, { exact = false } = {}) {
      const gray = toGray(image);
      let points = await pass(gray, uprightSquare(box, box.height));
      for (let i = 0; i < PASSES && !exact; i++) points = await pass(gray, nextSquare(points));
      return points;
    },
    close: () => network.close(),
  };
}

/** The square that fits the points, upright with the line of the eyes. */
function nextSquare(points: readonly Point[]): TurnedSquare {
  const level = [mean(points.slice(36, 42)), mean(points.slice(42, 48))] as const;
  return squareAround(points, { level, side: SQUARE_SIDE, rise: SQUARE_RISE });
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
