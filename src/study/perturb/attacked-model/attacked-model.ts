import { decodeImage } from '../../../dataset/decode-image.js';
import { openDifferentiable } from '../../../explain/differentiable.js';
import { toGray, toRgb } from '../../../image/gray.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Card } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import { outputRow } from '../../../model/outputs/output-row.js';
import type { LossGradient } from '../../../perturb/adversarial/loss-gradient.js';
import { bindRequest } from '../../explain/bind-request.js';
import type { TargetRequest } from '../../explain/target-request.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { faceView, wholeView } from '../../faces/face-view.js';
import { resizedView } from '../../faces/resized-view.js';
import { runImages } from '../../score/run-images.js';
import { objectiveOf } from './objective.js';
import { viewGradient } from './view-gradient.js';

/** Which model is attacked, and by which of its scores. Plain data. */
export interface AttackedModelOptions {
  readonly model: string;
  readonly card: Card;
  readonly target: TargetRequest;
  /** The images are what the model sees. */
  readonly aligned: boolean;
  readonly tools: FaceTools;
}

/** A model under attack, inside a worker thread. */
export interface AttackedModel {
  /** What it sees of an image file, in the size and with the channels of its input. */
  view(file: string, name: string): Promise<{ view: RasterImage; notes: readonly string[] }>;
  /** The score that its decision is made on. */
  score(view: RasterImage): Promise<number>;
  /** What an attack follows, by the samples of a view of this size. */
  lossGradient(view: Pick<RasterImage, 'width' | 'height'>): LossGradient;
}

/** @throws Problem where the model has no such target, or an operator without a gradient. */
export async function openAttackedModel(options: AttackedModelOptions): Promise<AttackedModel> {
  const { card, aligned } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true });
  const viewOf = async (photo: RasterImage) =>
    aligned ? wholeView(photo) : faceView(cv, finder, card.input, photo);
  const target = await bindRequest(cv, model, options.target, viewOf);
  const { followed, scored } = objectiveOf(target, model);
  const network = await openDifferentiable(model, followed.output, { inline: true });
  return {
    async view(file, name) {
      const { image: photo, notes } = await decodeImage(file, { name });
      const { image } = resizedView(cv, card.input, await viewOf(photo));
      return { view: card.input.channels === 'gray' ? toGray(image) : toRgb(image), notes };
    },
    async score(view) {
      const values = outputRow(card, await runImages(cv, model, [view]), scored.output, 0);
      return scored.value(values, values);
    },
    lossGradient: (view) => viewGradient(network, followed, view),
  };
}
