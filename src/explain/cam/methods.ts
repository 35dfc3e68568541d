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

/** The map of one layer: signed, one value a pixel of the layer. */
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
