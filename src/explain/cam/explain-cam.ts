import type { OpenCv } from '../../image/opencv.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Target } from '../target.js';
import type { CamExplanation, CamOptions } from './cam-explanation.js';
import { explainForwardCam } from './explain-forward-cam.js';
import { explainGradientCam } from './explain-gradient-cam.js';
import { type CamMethod, isGradientCam } from './methods.js';
import type { CamNetwork } from './open-cam.js';

/**
 * A class activation map of one image by any of the methods. A network that is open serves any number of images and all
 * targets that are read from its output.
 *
 * @param network opened at the target's output, with gradients where `isGradientCam` says so.
 * @param input one image as the network takes it, such as `networkInput` makes it.
 * @throws Problem where the model has no such target, or a value is not finite.
 */
export function explainCam(
  cv: OpenCv,
  network: CamNetwork,
  input: Tensor,
  target: Target,
  method: CamMethod,
  options: CamOptions = {},
): Promise<CamExplanation> {
  return isGradientCam(method)
    ? explainGradientCam(cv, network, input, target, method, options)
    : explainForwardCam(cv, network, input, target, method, options);
}
