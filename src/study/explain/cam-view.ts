import { explainCam } from '../../explain/cam/explain-cam.js';
import { isGradientCam } from '../../explain/cam/methods.js';
import { type CamNetwork, openCam } from '../../explain/cam/open-cam.js';
import { networkInput } from '../../explain/network-input.js';
import { bindTarget, type Target } from '../../explain/target.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Model } from '../../model/model.js';
import type { OpenGraphOptions } from '../../model/open-graph.js';
import type { ViewExplanation } from './explain-view.js';
import type { CamImageMethod } from './image-method.js';

/** Opens what a class activation map needs of a model. */
export function openForCam(
  model: Model,
  target: Target,
  method: CamImageMethod,
  options: OpenGraphOptions,
): Promise<CamNetwork> {
  const { output } = bindTarget(target, model.card, model.activations);
  return openCam(model, output, {
    ...options,
    layers: method.layers ?? undefined,
    gradient: isGradientCam(method),
  });
}

/** Explains a view by a class activation map; it has the size of the network's input. */
export async function camView(
  cv: OpenCv,
  network: CamNetwork,
  view: RasterImage,
  target: Target,
  method: CamImageMethod,
  scoring: { readonly batchSize: number; readonly concurrency: number },
): Promise<ViewExplanation> {
  const input = networkInput(cv, network.model.card.input, view);
  const { map, notes } = await explainCam(cv, network, input, target, method, {
    ...scoring,
    relu: method.relu,
    alignment: method.compat === 'upstream' ? 'corners' : 'borders',
  });
  return { map, places: [], regions: [], empty: [], notes };
}
