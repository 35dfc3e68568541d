import type { OpenCv } from '../../image/opencv.js';
import type { Tensor } from '../../tensor/tensor.js';
import { inputSize } from '../network-input.js';
import { type Provenance, type SaliencyMap, valueRange } from '../saliency-map.js';
import { type BoundTarget, bindTarget, type Target } from '../target.js';
import type { ScoringOptions } from '../score-rows.js';
import type { Alignment } from './enlarge.js';
import { fuseLayers, layerMap, type LayerMap } from './fuse-layers.js';
import type { LayerActivations } from './layer.js';
import type { CamNetwork } from './open-cam.js';

/** What every class activation map takes. */
export interface CamOptions extends ScoringOptions {
  /** Whether the map of a layer loses its negative values before it is enlarged, as the papers have it. @default false */
  readonly relu?: boolean | undefined;
  /** How maps of layers are enlarged to the image. @default 'borders' */
  readonly alignment?: Alignment | undefined;
}

export interface CamExplanation {
  /** In image coordinates; raw and signed unless the ReLU was asked for. */
  readonly map: SaliencyMap;
  /** The map of each layer at the layer's own size. */
  readonly layers: readonly LayerMap[];
  /** What a reader of the map should know. */
  readonly notes: readonly string[];
}

/** What a method found out before its maps are enlarged. */
export interface CamRecord extends Pick<
  Provenance,
  'method' | 'parameters' | 'targetValue' | 'forwardPasses' | 'backwardPasses'
> {
  readonly bound: BoundTarget;
  readonly notes: readonly string[];
  readonly start: number;
}

/**
 * Binds a target to the output that a network was opened at.
 * @throws Problem where the model has no such target.
 */
export function bindCamTarget({ model, output }: CamNetwork, target: Target): BoundTarget {
  const bound = bindTarget(target, model.card, model.activations);
  if (bound.output === output) return bound;
  throw new Error(
    `The ${bound.name} is read from "${bound.output}", but the network was opened at "${output}".`,
  );
}

/**
 * The map of an image out of those of its layers, with its provenance. A constant map is returned as it is, with a note.
 *
 * @param values one value a pixel of each layer.
 */
export function camExplanation(
  cv: OpenCv,
  { model, layers: names, notes: chosen }: CamNetwork,
  { shape }: Tensor,
  sizes: readonly LayerActivations[],
  values: readonly Float64Array[],
  { relu = false, alignment = 'borders' }: CamOptions,
  { bound, parameters, notes, start, ...record }: CamRecord,
): CamExplanation {
  const { card, sha256 } = model;
  const { width, height } = inputSize(shape, card.input.layout);
  const layers = values.map((each, at) => layerMap(names[at], sizes[at], each, relu));
  const data = fuseLayers(cv, layers, { width, height }, alignment);
  const range = valueRange(data);
  const provenance: Provenance = {
    ...record,
    parameters: {
      ...parameters,
      layers: layers.map(({ layer, width, height }, at) => ({
        layer,
        shape: [sizes[at].channels, height, width],
      })),
      fusion: layers.length > 1 ? 'mean of the maps divided by their largest absolute values' : 'none',
      relu,
      enlarging: `bilinear, aligned ${alignment}`,
      explained: explainedTensor(model, bound),
    },
    target: bound.name,
    seed: null,
    model: { name: card.name, sha256 },
    preprocessing: card.input,
    milliseconds: performance.now() - start,
    range,
  };
  return {
    map: { width, height, data, provenance },
    layers,
    notes: [
      ...chosen,
      ...notes,
      ...(range.minimum === range.maximum
        ? [`the map is ${range.minimum} everywhere, so it tells no pixel from another`]
        : []),
    ],
  };
}

/** Which tensor the target was read from, and whether a softmax or sigmoid follows it in the graph. */
function explainedTensor(
  { activations }: CamNetwork['model'],
  { output }: BoundTarget,
): Record<string, string> {
  const behind = Object.entries(activations).find(([, { logits }]) => logits === output);
  return behind === undefined
    ? { tensor: output }
    : { tensor: output, before: `${behind[1].kind} of "${behind[0]}"` };
}
