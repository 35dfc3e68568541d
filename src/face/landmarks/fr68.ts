import type { AffineMatrix, Box, Point } from '../../image/geometry.js';
import { toGray } from '../../image/gray.js';
import { loadOpenCv, type OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { resize } from '../../image/resize.js';
import { warpAffine } from '../../image/warp-affine.js';
import { openModel, type OpenModelOptions } from '../../model/open-model.js';
import { inputLength, inputShape, writeInput } from '../../model/write-input.js';
import { cropBox } from '../crop-box.js';
import { invertAffine } from '../invert-affine.js';
import type { LandmarkModel } from '../landmark-model.js';

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

/** A square part of the image, turned by `angle` (radians, clockwise on the screen) about its centre. */
interface Square {
  readonly centre: Point;
  readonly side: number;
  readonly angle: number;
}

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

  async function pass(gray: RasterImage, square: Square): Promise<Point[]> {
    const toImage = squareToImage(square);
    const { input } = network.card;
    const image = sampleSquare(cv, gray, square);
    const data = new Float32Array(inputLength(input, image));
    writeInput(cv, input, image, data, 0);
    const { output } = await network.run({ input: { data, shape: inputShape(input, 1, image) } });
    return Array.from({ length: 68 }, (_, i) => apply(toImage, [output.data[2 * i], output.data[2 * i + 1]]));
  }

  return {
    name: 'fr68',
    async landmarks(image, box, { exact = false } = {}) {
      const gray = toGray(image);
      let points = await pass(gray, squareOf(box));
      for (let i = 0; i < PASSES && !exact; i++) points = await pass(gray, squareAround(points));
      return points;
    },
    close: () => network.close(),
  };
}

function squareOf({ x, y, width, height }: Box): Square {
  return { centre: [x + width / 2 - 0.5, y + height / 2 - 0.5], side: height, angle: 0 };
}

/** The square that fits the points, upright with the line of the eyes. */
function squareAround(points: readonly Point[]): Square {
  const rightEye = mean(points.slice(36, 42));
  const leftEye = mean(points.slice(42, 48));
  const angle = Math.atan2(leftEye[1] - rightEye[1], leftEye[0] - rightEye[0]);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = points.map(([x, y]) => cos * x + sin * y);
  const across = points.map(([x, y]) => cos * y - sin * x);
  const [left, right] = [Math.min(...along), Math.max(...along)];
  const [top, bottom] = [Math.min(...across), Math.max(...across)];
  const side = Math.max(right - left, bottom - top, 1) * SQUARE_SIDE;
  const u = (left + right) / 2;
  const v = (top + bottom) / 2 - SQUARE_RISE * side;
  return { centre: [cos * u - sin * v, sin * u + cos * v], side, angle };
}

/** From shares of the square (0..1) to pixels of the image. */
function squareToImage({ centre, side, angle }: Square): AffineMatrix {
  const a = side * Math.cos(angle);
  const b = side * Math.sin(angle);
  return [a, -b, centre[0] - (a - b) / 2, b, a, centre[1] - (a + b) / 2];
}

/** The square as 64x64 gray pixels, black outside the image. */
function sampleSquare(cv: OpenCv, gray: RasterImage, square: Square): RasterImage {
  const side = SIDE * OVERSAMPLING;
  // Only the part of the image that the square can touch is handed to OpenCV.
  const reach = Math.ceil(square.side) + 2;
  const part = {
    x: Math.floor(square.centre[0]) - reach,
    y: Math.floor(square.centre[1]) - reach,
    width: 2 * reach,
    height: 2 * reach,
  };
  const [a, b, c, d, e, f] = squareToImage({
    ...square,
    centre: [square.centre[0] - part.x, square.centre[1] - part.y],
  });
  const scale = 1 / side;
  // Pixel i of the result covers the shares [i, i + 1) / side; its centre is half a step in.
  const toPart: AffineMatrix = [
    a * scale,
    b * scale,
    c + ((a + b) * scale) / 2,
    d * scale,
    e * scale,
    f + ((d + e) * scale) / 2,
  ];
  const large = warpAffine(cv, cropBox(gray, part), invertAffine(toPart), side, side);
  return resize(cv, large, SIDE, SIDE, 'area');
}

function apply([a, b, c, d, e, f]: AffineMatrix, [x, y]: Point): Point {
  return [a * x + b * y + c, d * x + e * y + f];
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
