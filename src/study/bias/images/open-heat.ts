import { prefersLogits } from '../../../explain/cam/methods.js';
import { openDifferentiable } from '../../../explain/differentiable.js';
import type { SaliencyMap } from '../../../explain/saliency-map.js';
import { bindTarget, type Target } from '../../../explain/target.js';
import type { Point } from '../../../image/geometry.js';
import type { OpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Model } from '../../../model/model.js';
import { Problem } from '../../../problem.js';
import { camView, openForCam } from '../../explain/cam-view.js';
import { explainView } from '../../explain/explain-view.js';
import { gradientView } from '../../explain/gradient-view.js';
import { type ImageMethod, isCam } from '../../explain/image-method.js';
import { maskedView } from '../../explain/masked-view.js';

/** The map of one class of the network, in pixels of the view. */
export type Heat = (
  view: RasterImage,
  className: string,
  landmarks: readonly Point[] | undefined,
) => Promise<SaliencyMap>;

const session = { inline: true, threads: 1 };

/**
 * Opens what makes the maps of a study, once for all images.
 *
 * @param classes of the network that will be explained.
 * @throws Problem where the model cannot be explained by this method, such as one without a convolution by a class
 *   activation map
 */
export async function openHeat(
  cv: OpenCv,
  model: Model,
  classes: readonly string[],
  method: ImageMethod,
  batchSize: number,
): Promise<Heat> {
  const scoring = { batchSize, concurrency: 1 };
  if (isCam(method)) {
    const networks = oneForEachOutput(model, (_, target) => openForCam(model, target, method, session));
    const explained = (className: string) => targetOf(model, className, prefersLogits(method.name));
    for (const className of classes) await networks(explained(className));
    return async (view, className) => {
      const target = explained(className);
      return (await camView(cv, await networks(target), view, target, method, scoring)).map;
    };
  }
  const networks = oneForEachOutput(model, (output) => openDifferentiable(model, output, session));
  return async (view, className, landmarks) => {
    const target = targetOf(model, className);
    switch (method.name) {
      case 'occlusion':
        return (await explainView(cv, model, view, target, landmarks, method.occlusion, batchSize)).map;
      case 'lime':
      case 'rise': {
        const given = () =>
          landmarks === undefined
            ? Promise.reject(new Problem('landmarks', 'were not found in this image'))
            : Promise.resolve(landmarks);
        return (await maskedView(cv, model, view, target, method, scoring, given)).map;
      }
      default:
        return (await gradientView(cv, await networks(target), view, target, method, batchSize)).map;
    }
  };
}

/**
 * What is explained of a class: its logit, which still moves where the probability is near 0 or 1; or the probability,
 * where the graph has no logit, or the method weighs by probabilities.
 */
function targetOf({ card, activations }: Model, className: string, wantsLogit = true): Target {
  if (!wantsLogit) return { kind: 'class', class: className, of: 'probability' };
  const logit = { kind: 'class', class: className, of: 'logit' } as const;
  try {
    bindTarget(logit, card, activations);
    return logit;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...logit, of: 'probability' };
  }
}

/** One network an output, since classes may be read from several; opened when it is first needed. */
function oneForEachOutput<Network>(
  { card, activations }: Model,
  open: (output: string, target: Target) => Promise<Network>,
): (target: Target) => Promise<Network> {
  const networks = new Map<string, Promise<Network>>();
  return (target) => {
    const { output } = bindTarget(target, card, activations);
    const network = networks.get(output) ?? open(output, target);
    networks.set(output, network);
    return network;
  };
}
