import type { Face } from '../../../face/face.js';
import type { AffineMatrix } from '../../../image/geometry.js';
import type { OpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Model } from '../../../model/model.js';
import { openModel } from '../../../model/open-model.js';
import { bonaFideScore } from '../../../model/outputs/bona-fide-score.js';
import type { FaceFinder } from '../../faces/face-finder.js';
import { viewOfFace, wholeView } from '../../faces/face-view.js';
import { runImages } from '../../score/run-images.js';
import type { Member } from './open-ensemble.js';

/** The P(attack) of every member for one face. */
export interface EnsembleScores {
  /** In the order of the ensemble. */
  readonly scores: readonly number[];
  /** Crop, preprocessing and forward pass of each member. */
  readonly milliseconds: readonly number[];
  /** What a reader of the scores should know. */
  readonly notes: readonly string[];
}

/** Asks the members of an ensemble about one face after the other, inside a worker thread. */
export class EnsembleScorer {
  readonly #cv: OpenCv;
  readonly #finder: FaceFinder;
  readonly #members: readonly { readonly member: Member; readonly model: Model }[];

  private constructor(
    cv: OpenCv,
    finder: FaceFinder,
    members: readonly { readonly member: Member; readonly model: Model }[],
  ) {
    this.#cv = cv;
    this.#finder = finder;
    this.#members = members;
  }

  /** @param threads of one forward pass */
  static async open(
    cv: OpenCv,
    finder: FaceFinder,
    members: readonly Member[],
    threads: number,
  ): Promise<EnsembleScorer> {
    const opened: { member: Member; model: Model }[] = [];
    for (const member of members) {
      const model = await openModel(member.reference, { card: member.card, inline: true, threads });
      opened.push({ member, model });
    }
    return new EnsembleScorer(cv, finder, opened);
  }

  /**
   * Each member sees the face in its own crop.
   * @param face undefined where the image is what the networks see.
   */
  async score(photo: RasterImage, face: Face | undefined): Promise<EnsembleScores> {
    const scores: number[] = [];
    const milliseconds: number[] = [];
    const notes: string[] = [];
    for (const { member, model } of this.#members) {
      const start = performance.now();
      const { input } = member.card;
      const view =
        face === undefined
          ? wholeView(photo)
          : await viewOfFace(this.#cv, input, photo, face, () => this.#finder.landmarks(photo, face));
      const outputs = await runImages(this.#cv, model, [view.image]);
      scores.push(1 - bonaFideScore(member.card, outputs, 0));
      milliseconds.push(performance.now() - start);
      const seen = sizeInPhoto(view.image, view.toPhoto);
      const { width = seen.width, height = seen.height } = sizeOf(input);
      if (seen.width < width || seen.height < height) {
        notes.push(
          `${member.name} takes ${width} x ${height} pixels and sees ${seen.width} x ${seen.height}: enlarged, which hides what it looks for`,
        );
      }
    }
    return { scores, milliseconds, notes };
  }
}

function sizeOf({ width, height }: Member['card']['input']): { width?: number; height?: number } {
  return { ...(width === null ? {} : { width }), ...(height === null ? {} : { height }) };
}

/** How many pixels of the photograph a view shows. */
function sizeInPhoto(view: RasterImage, [a, b, , d, e]: AffineMatrix): { width: number; height: number } {
  return {
    width: Math.round(view.width * Math.hypot(a, d)),
    height: Math.round(view.height * Math.hypot(b, e)),
  };
}
