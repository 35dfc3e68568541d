import type { OpenCv } from '../../image/opencv.js';
import { cardInput } from '../../model/check-card.js';
import { outputRow } from '../../model/outputs/output-row.js';
import { Problem } from '../../problem.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { BoundTarget, Target } from '../target.js';
import { bindCamTarget, camExplanation, type CamExplanation, type CamOptions } from './cam-explanation.js';
import type { LayerGradients } from './layer.js';
import { type GradientCam, gradientCams } from './methods.js';
import type { CamNetwork } from './open-cam.js';

/**
 * A class activation map of one image out of the gradients of a network's layers. A network that is open serves any number
 * of images and all targets that are read from its output.
 *
 * A map never holds NaN: where the gradients are zero it is zero, and a note says so.
 *
 * @param network opened at the target's output, with gradients.
 * @param input one image as the network takes it, such as `networkInput` makes it.
 * @throws Problem where the model has no such target, or a value is not finite.
 */
export async function explainGradientCam(
  cv: OpenCv,
  network: CamNetwork,
  input: Tensor,
  target: Target,
  method: GradientCam,
  options: CamOptions = {},
): Promise<CamExplanation> {
  const start = performance.now();
  const bound = bindCamTarget(network, target);
  options.signal?.throwIfAborted();
  if (target.kind === 'self-similarity') {
    throw new Problem(
      network.model.card.name,
      'the similarity of an image to itself is at its maximum, where every gradient is zero',
      'name another image with --reference, or take scorecam, ablationcam or eigencam',
    );
  }
  const { seed, forwardPasses } = await seedOf(network, bound, input);
  const { output, layers } = await network.gradients(input, seed);
  const mapOf = gradientCams[method.name] as (layer: LayerGradients, method: GradientCam) => Float64Array;
  const flat = network.layers.filter((_, at) => layers[at].gradients.every((value) => value === 0));
  return camExplanation(
    cv,
    network,
    input,
    layers,
    layers.map((layer) => mapOf(layer, method)),
    options,
    {
      method: method.name,
      parameters: method.name === 'gradcam++' ? { rule: method.rule ?? 'tf-keras-vis' } : {},
      bound,
      targetValue: bound.value(output, output),
      forwardPasses: forwardPasses + 1,
      backwardPasses: 1,
      start,
      notes: flat.map(
        (layer) => `the gradient is zero everywhere in "${layer}": the ${bound.name} does not move`,
      ),
    },
  );
}

/**
 * The derivative of a target by the output at an image. One that is the same for every image takes no pass of its own.
 */
async function seedOf(
  { model, output, outputLength }: CamNetwork,
  bound: BoundTarget,
  input: Tensor,
): Promise<{ readonly seed: Float32Array; readonly forwardPasses: number }> {
  if (bound.linear && outputLength !== undefined) {
    const any = new Float32Array(outputLength);
    return { seed: bound.gradient(any, any), forwardPasses: 0 };
  }
  const { name: feed } = cardInput(model.card, model, model.card.name);
  const values = outputRow(model.card, await model.run({ [feed]: input }, [output]), output, 0);
  return { seed: bound.gradient(values, values), forwardPasses: 1 };
}
