import { decodeImage } from '../../dataset/decode-image.js';
import type { Face } from '../../face/face.js';
import { faceRegions, regionPolygons } from '../../face/regions.js';
import type { Box, Point } from '../../image/geometry.js';
import type { Task } from '../../jobs/task.js';
import type { ImageItem } from '../image-items.js';
import { FaceFinder } from './face-finder.js';
import type { FaceTools } from './face-tools.js';

export interface FindFacesTaskOptions {
  readonly tools: FaceTools;
  /** Find the 68 landmarks of each face too. */
  readonly landmarks: boolean;
  /** The face is in this rectangle. */
  readonly rect?: Box | undefined;
}

/** One face as `detect --json` and `landmarks --json` print it: the names of the points are the subject's. */
export interface FoundFace {
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly score: number | null;
  readonly points?: Readonly<Record<string, Point>>;
  readonly landmarks?: readonly Point[];
  /** The outline of each region. */
  readonly regions?: Readonly<Record<string, readonly Point[]>>;
}

export interface FoundFaces {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly FoundFace[];
}

/** Finds the faces of one image after the other. */
export default function startFindingFaces(options: FindFacesTaskOptions): Task<ImageItem, FoundFaces> {
  const finder = new FaceFinder(options.tools);
  return {
    async run({ name, file }) {
      const { image } = await decodeImage(file, { name });
      const given: readonly (Omit<Face, 'score'> & { score: number | null })[] =
        options.rect === undefined ? await finder.all(image) : [{ box: options.rect, score: null }];
      const faces: FoundFace[] = [];
      for (const { box, score, points } of given) {
        const exact = options.rect !== undefined;
        const landmarks = options.landmarks ? await finder.landmarks(image, { box }, { exact }) : undefined;
        faces.push({
          box: [box.x, box.y, box.width, box.height],
          score,
          ...(points === undefined
            ? {}
            : {
                points: {
                  left_eye: points.leftEye,
                  right_eye: points.rightEye,
                  nose: points.nose,
                  mouth_left: points.mouthLeft,
                  mouth_right: points.mouthRight,
                },
              }),
          ...(landmarks === undefined
            ? {}
            : {
                landmarks,
                regions: Object.fromEntries(
                  faceRegions.map((region) => [region, regionPolygons(region, landmarks)[0]] as const),
                ),
              }),
        });
      }
      return { width: image.width, height: image.height, faces };
    },
  };
}
