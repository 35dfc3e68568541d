import type { OpenCv } from '../../image/opencv.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { BoundTarget, Target } from '../target.js';
import { ablationCamWeights } from './ablationcam.js';
import { bindCamTarget, camExplanation, type CamExplanation, type CamOptions } from './cam-explanation.js';
import { eigenCam } from './eigencam.js';
import { type LayerActivations, weightedSum } from './layer.js';
import type { ForwardCam } from './methods.js';
import type { CamNetwork, LayerValues } from './open-cam.js';
import { scoreCamWeights } from './scorecam.js';
import { strongestChannels } from './strongest-channels.js';

/** The signed map of each layer, and what it took. */
interface ForwardMaps {
  readonly maps: readonly Float64Array[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly passes: number;
  readonly notes: readonly string[];
}

/**
 * A class activation map of one image by running the network, or parts of it, again.
 *
 * @param network opened at the target's output, without gradients.
 * @param input one image as the network takes it, such as `networkInput` makes it.
 * @throws Problem where the model has no such target, or a value is not finite.
 */
export async function explainForwardCam(
  cv: OpenCv,
  network: CamNetwork,
  input: Tensor,
  target: Target,
  method: ForwardCam,
  options: CamOptions = {},
): Promise<CamExplanation> {
  const start = performance.now();
  const bound = bindCamTarget(network, target);
  options.signal?.throwIfAborted();
  const values = await network.activations(input);
  const { maps, parameters, passes, notes } =
    method.name === 'eigencam'
      ? {
          maps: values.layers.map(eigenCam),
          parameters: {},
          passes: 0,
          notes: [
            'the map shows where the layer differs most from pixel to pixel; it would be the same for any target',
          ],
        }
      : await weighedMaps(cv, network, input, bound, values, method, options);
  return camExplanation(cv, network, input, values.layers, maps, options, {
    method: method.name,
    parameters,
    bound,
    targetValue: bound.value(values.output, values.output),
    forwardPasses: passes + 1,
    backwardPasses: 0,
    start,
    notes,
  });
}

async function weighedMaps(
  cv: OpenCv,
  network: CamNetwork,
  input: Tensor,
  bound: BoundTarget,
  { output, layers }: LayerValues<LayerActivations>,
  { name, maxChannels }: Extract<ForwardCam, { maxChannels?: unknown }>,
  { alignment = 'borders', onProgress, ...scoring }: CamOptions,
): Promise<ForwardMaps> {
  const tried = layers.map((layer) => strongestChannels(layer, maxChannels));
  const passes = tried.reduce((sum, { length }) => sum + length, 0);
  const maps: Float64Array[] = [];
  const notes: string[] = [];
  let done = 0;
  for (const [at, layer] of layers.entries()) {
    const before = done;
    const options = {
      ...scoring,
      onProgress: (count: number) => onProgress?.(before + count, passes),
    };
    const weights =
      name === 'scorecam'
        ? await scoreCamWeights(cv, network, input, layer, tried[at], bound, output, alignment, options)
        : await ablationCamWeights(
            network,
            input,
            network.layers[at],
            layer,
            tried[at],
            bound,
            output,
            options,
          );
    maps.push(weightedSum(layer, weights));
    done += tried[at].length;
    if (tried[at].length < layer.channels) {
      notes.push(
        `the ${tried[at].length} of ${layer.channels} channels of "${network.layers[at]}" that vary most were tried`,
      );
    }
  }
  if (name === 'ablationcam' && bound.value(output, output) === 0) {
    notes.push(`the ${bound.name} is 0, so falls are not given as shares of it`);
  }
  return { maps, parameters: { maxChannels: maxChannels ?? null }, passes, notes };
}
