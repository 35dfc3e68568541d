import { availableParallelism } from 'node:os';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Model } from '../../../model/model.js';
import { openModel } from '../../../model/open-model.js';
import { Problem } from '../../../problem.js';
import type { Detector } from '../../detector.js';
import type { Face } from '../../face.js';
import { enlargeFace, LARGEST_SIDE, reducePhoto } from '../../reduce-photo.js';
import type { DetectorOptions } from '../detector-options.js';
import { ReusedBuffers } from './reused-buffers.js';
import { locate, propose, pyramidScales, refine, type LocatedWindow } from './stages.js';
import { SummedArea } from './summed-area.js';

/** Runs of P-Net and of R-Net that are under way at once where the networks have threads of their own. */
const runsAtOnce = Math.min(4, availableParallelism());
/** As in the authors' code and facenet-pytorch. */
const MIN_FACE_SIZE = 20;
const THRESHOLDS = [0.6, 0.7, 0.7] as const;
const FACTOR = 0.709;
/** In photographs over 1600 pixels the smallest face grows with them; the first level of the pyramid has 960 then. */
const SMALLEST_SHARE = 80;
/** Longest first level of the pyramid, in pixels: the time grows with its square. */
const LONGEST_LEVEL = 2400;

/**
 * MTCNN (Zhang et al., "Joint face detection and alignment using multitask cascaded convolutional networks", IEEE SPL
 * 2016), all three stages as in facenet-pytorch. Gives boxes with five points, the surest first; the score is a
 * probability.
 */
export async function openMtcnn(options: DetectorOptions = {}): Promise<Detector> {
  const [pnet, rnet, onet] = await openNetworks(options);
  const tools = {
    runsAtOnce: options.inline === true ? 1 : runsAtOnce,
    buffers: new ReusedBuffers((length) => new Float32Array(length)),
  };
  const tables = new ReusedBuffers((length) => new Int32Array(length));
  return {
    name: 'mtcnn',
    async detect(photo) {
      const longer = Math.max(photo.width, photo.height);
      const minFaceSize = options.minFaceSize ?? Math.max(MIN_FACE_SIZE, Math.floor(longer / SMALLEST_SHARE));
      const factor = longer <= LARGEST_SIDE ? 1 : Math.max(1, Math.floor(minFaceSize / MIN_FACE_SIZE));
      const image = reducePhoto(photo, factor);
      const scales = pyramidScales(image.width, image.height, minFaceSize / factor, FACTOR);
      refuseHugeLevel(image, scales, minFaceSize);
      const table = tables.take(SummedArea.lengthFor(image));
      const sums = new SummedArea(image, table);
      const proposed = await propose(sums, pnet, scales, THRESHOLDS[0], tools);
      const refined = await refine(sums, rnet, proposed, THRESHOLDS[1], tools);
      const located = await locate(sums, onet, refined, THRESHOLDS[2], tools);
      tables.giveBack(table);
      return located.map((window) => enlargeFace(faceOf(window), factor));
    },
    async close() {
      await Promise.all([pnet.close(), rnet.close(), onet.close()]);
    },
  };
}

/** Names of the three stages in the zoo. */
export const mtcnnNetworks = ['mtcnn_pnet', 'mtcnn_rnet', 'mtcnn_onet'] as const;

async function openNetworks(options: DetectorOptions): Promise<[Model, Model, Model]> {
  const opened: Model[] = [];
  try {
    for (const name of mtcnnNetworks) {
      // O-Net has little left to do.
      const threads = options.inline === true || name === 'mtcnn_onet' ? 1 : runsAtOnce;
      opened.push(await openModel(name, { ...options, threads }));
    }
  } catch (error) {
    await Promise.all(opened.map((model) => model.close()));
    throw error;
  }
  return opened as [Model, Model, Model];
}

function refuseHugeLevel(image: RasterImage, scales: readonly number[], minFaceSize: number): void {
  const longer = Math.max(image.width, image.height) * (scales[0] ?? 0);
  if (longer <= LONGEST_LEVEL) return;
  throw new Problem(
    `a smallest face of ${minFaceSize} pixels`,
    `is too small to be searched for in a photograph of ${image.width}x${image.height}`,
    `give at least ${Math.ceil((minFaceSize * longer) / LONGEST_LEVEL)}`,
  );
}

function faceOf({ left, top, right, bottom, score, points }: LocatedWindow): Face {
  const point = (i: number): [number, number] => [points[i], points[i + 5]];
  return {
    box: { x: left, y: top, width: right - left, height: bottom - top },
    score,
    points: {
      rightEye: point(0),
      leftEye: point(1),
      nose: point(2),
      mouthRight: point(3),
      mouthLeft: point(4),
    },
  };
}
