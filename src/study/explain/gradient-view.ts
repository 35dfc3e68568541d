import type { Differentiable } from '../../explain/differentiable.js';
import { explainGradient } from '../../explain/gradient.js';
import { explainInputXGradient } from '../../explain/input-x-gradient.js';
import { explainIntegratedGradients } from '../../explain/integrated-gradients.js';
import { networkInput } from '../../explain/network-input.js';
import { explainSmoothGrad } from '../../explain/smoothgrad.js';
import type { Target } from '../../explain/target.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { ViewExplanation } from './explain-view.js';
import type { GradientMethod } from './image-method.js';

/** Explains a view by the gradient of the network; the map has the size of the network's input. */
export async function gradientView(
  cv: OpenCv,
  network: Differentiable,
  view: RasterImage,
  target: Target,
  method: GradientMethod,
  batchSize: number,
): Promise<ViewExplanation> {
  const input = networkInput(cv, network.model.card.input, view);
  const { map, notes = [] } = await explain();
  return { map, places: [], regions: [], empty: [], notes };

  async function explain(): Promise<Pick<ViewExplanation, 'map' | 'notes'>> {
    switch (method.name) {
      case 'gradient':
        return explainGradient(network, input, target);
      case 'input-x-gradient':
        return explainInputXGradient(network, input, target);
      case 'smoothgrad':
        return explainSmoothGrad(network, input, target, { ...method, seed: method.noiseSeed, batchSize });
      case 'integrated-gradients': {
        const explained = await explainIntegratedGradients(network, input, target, { ...method, batchSize });
        const { completenessError, baselineValue } = explained;
        return {
          map: explained.map,
          notes: [
            `the target is ${baselineValue.toPrecision(4)} at the baseline; ` +
              `the map misses the change from there by ${completenessError.toExponential(1)}`,
          ],
        };
      }
    }
  }
}
