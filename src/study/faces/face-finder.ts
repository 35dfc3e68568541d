import type { Detector } from '../../face/detector.js';
import type { Face } from '../../face/face.js';
import type { LandmarkModel, LandmarkOptions } from '../../face/landmark-model.js';
import { openDetector } from '../../face/open-detector.js';
import { openLandmarkModel } from '../../face/open-landmark-model.js';
import { selectFace } from '../../face/select-face.js';
import type { Point } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import { Problem } from '../../problem.js';
import type { FaceTools } from './face-tools.js';

/** Finds the face of a photograph and its landmarks, inside a worker thread. The models are opened when first needed. */
export class FaceFinder {
  readonly #tools: FaceTools;
  #detector: Promise<Detector> | undefined;
  #landmarkModel: Promise<LandmarkModel> | undefined;
  #mesh: Promise<LandmarkModel> | undefined;

  constructor(tools: FaceTools) {
    this.#tools = tools;
  }

  /** Every face, in the detector's order. */
  async all(photo: RasterImage): Promise<Face[]> {
    const { detector: name, cascade, minFaceSize } = this.#tools;
    const detector = await (this.#detector ??= openDetector(name, { inline: true, cascade, minFaceSize }));
    return detector.detect(photo);
  }

  /**
   * The face that the selection rule takes.
   * @throws {Problem} where there is no face.
   */
  async one(photo: RasterImage): Promise<{ face: Face; count: number }> {
    const faces = await this.all(photo);
    const face = selectFace(faces, this.#tools.select);
    if (face === undefined) throw new Problem('no face', `${this.#tools.detector} finds none in this image`);
    return { face, count: faces.length };
  }

  /** The 68 landmarks of the face in a box; `exact` where the box is the rectangle that the model is made for. */
  async landmarks(
    photo: RasterImage,
    face: Pick<Face, 'box'>,
    options: LandmarkOptions = {},
  ): Promise<Point[]> {
    const { predictor } = this.#tools;
    const landmarkModel = await (this.#landmarkModel ??= openLandmarkModel(
      predictor === undefined ? { inline: true, prefer: 'fr68' } : { predictor, inline: true },
    ));
    return landmarkModel.landmarks(photo, face.box, options);
  }

  /**
   * The 468 points of the mesh; for `exact` see `LandmarkOptions`.
   * @throws {Problem} where the mesh sees no face in the box.
   */
  async mesh(photo: RasterImage, face: Pick<Face, 'box'>, options: LandmarkOptions = {}): Promise<Point[]> {
    const mesh = await (this.#mesh ??= openLandmarkModel({ inline: true, prefer: 'mesh468' }));
    return mesh.landmarks(photo, face.box, options);
  }
}
