import { gradCam } from './gradcam.js';
import { gradCamPlusPlus, type GradCamPlusPlusRule } from './gradcampp.js';
import { hiResCam } from './hirescam.js';
import type { LayerGradients } from './layer.js';
import { layerCam } from './layercam.js';
import { xGradCam } from './xgradcam.js';

/** A class activation map out of a layer's gradients, with its options. Plain data. */
export type GradientCam =
  | { readonly name: 'gradcam' | 'layercam' | 'xgradcam' | 'hirescam' }
  | { readonly name: 'gradcam++'; readonly rule?: GradCamPlusPlusRule | undefined };

/** One that only runs the network. */
export type ForwardCam =
  | {
      readonly name: 'scorecam' | 'ablationcam';
      /** Channels of a layer that are tried, at most; see `strongestChannels`. @default all */
      readonly maxChannels?: number | undefined;
    }
  | { readonly name: 'eigencam' };

export type CamMethod = GradientCam | ForwardCam;

/** The map of one layer out of its gradients: signed, one value a pixel of the layer. */
export const gradientCams: {
  readonly [Name in GradientCam['name']]: (
    layer: LayerGradients,
    method: Extract<GradientCam, { name: Name }>,
  ) => Float64Array;
} = {
  gradcam: gradCam,
  'gradcam++': (layer, { rule }) => gradCamPlusPlus(layer, rule),
  layercam: layerCam,
  xgradcam: xGradCam,
  hirescam: hiResCam,
};

/** Whether a network has to be opened with gradients for a method. */
export function isGradientCam(method: CamMethod): method is GradientCam {
  return Object.hasOwn(gradientCams, method.name);
}

/**
 * Whether a method explains the logit of a class where nothing else is asked for. The weights of Score-CAM are
 * probabilities.
 */
export function prefersLogits(name: CamMethod['name']): boolean {
  return name !== 'scorecam';
}
