import { decodeImage } from '../../dataset/decode-image.js';
import type { Face } from '../../face/face.js';
import type { LandmarkCount } from '../../face/landmark-model.js';
import { meshRegionPolygons } from '../../face/mesh/mesh-regions.js';
import { faceRegionPolygons } from '../../face/regions.js';
import type { Box, Point } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Task } from '../../jobs/task.js';
import { Problem } from '../../problem.js';
import type { ImageItem } from '../image-items.js';
import { FaceFinder } from './face-finder.js';
import type { FaceTools } from './face-tools.js';

export interface FindFacesTaskOptions {
  readonly tools: FaceTools;
  /** Find so many landmarks of each face too. */
  readonly landmarks?: LandmarkCount | undefined;
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
  /** Why there are no landmarks. */
  readonly error?: string;
}

export interface FoundFaces {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly FoundFace[];
}

/** Finds the faces of one image after the other. */
export default function startFindingFaces(options: FindFacesTaskOptions): Task<ImageItem, FoundFaces> {
  const finder = new FaceFinder(options.tools);
  const exact = options.rect !== undefined;

  /** The landmarks that are asked for; a face without them does not take those of its neighbours away. */
  async function marksOf(
    image: RasterImage,
    box: Box,
  ): Promise<Pick<FoundFace, 'landmarks' | 'regions' | 'error'>> {
    try {
      switch (options.landmarks) {
        case undefined:
          return {};
        case 68: {
          const landmarks = await finder.landmarks(image, { box }, { exact });
          return { landmarks, regions: faceRegionPolygons(landmarks) };
        }
        case 468: {
          const landmarks = await finder.mesh(image, { box }, { exact });
          return { landmarks, regions: meshRegionPolygons(landmarks) };
        }
      }
    } catch (error) {
      if (error instanceof Problem) return { error: error.message };
      throw error;
    }
  }

  return {
    async run({ name, file }) {
      const { image } = await decodeImage(file, { name });
      const given: readonly (Omit<Face, 'score'> & { score: number | null })[] =
        options.rect === undefined ? await finder.all(image) : [{ box: options.rect, score: null }];
      const faces: FoundFace[] = [];
      for (const { box, score, points } of given) {
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
          ...(await marksOf(image, box)),
        });
      }
      return { width: image.width, height: image.height, faces };
    },
  };
}
