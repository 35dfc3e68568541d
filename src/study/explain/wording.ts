import type { ImageMethod } from './image-method.js';

/** What the maps of a method show, in words. */
export interface MapWording {
  /** Whether values below 0 occur and mean something. */
  readonly signed: boolean;
  /** The label of a colour bar. */
  readonly values: (target: string) => string;
  /** The caption of an overlay. */
  readonly caption: string;
  readonly howToRead: string;
  /** Whether parts of the image are hidden. */
  readonly hides: boolean;
}

const contribution = {
  signed: true,
  values: (target: string) => `contribution to the ${target} (below 0: against it)`,
  caption: 'contribution of each pixel',
  hides: false,
};

const sensitivity = {
  signed: false,
  values: (target: string) => `sensitivity of the ${target}: mean |gradient| over the channels`,
  caption: 'sensitivity to each pixel',
  hides: false,
};

const activation = {
  signed: true,
  values: (target: string) => `activation for the ${target} (below 0: against it)`,
  caption: 'activation for the target',
  hides: false,
};

/** What every map of a layer shares. */
const ofLayers =
  'It is as coarse as the layer that it is drawn of, and enlarged to the image: a bright spot says where, to within a cell of that ' +
  'layer, and not which pixels.';

export const wordings: Readonly<Record<ImageMethod['name'], MapWording>> = {
  occlusion: {
    signed: true,
    values: (target) => `fall of the ${target} when hidden (below 0: it rises)`,
    caption: 'fall when hidden',
    hides: true,
    howToRead:
      'Each part of the face is hidden in turn and the model is asked again. A map shows how much the explained value ' +
      'falls when a pixel is hidden: above 0 the pixel speaks for it, below 0 against it.',
  },
  lime: {
    signed: true,
    values: (target) => `what showing a segment adds to the ${target} (below 0: takes away)`,
    caption: 'weight of each segment',
    hides: true,
    howToRead:
      'Random sets of segments are hidden, and a linear model of the explained value is fitted to which of them are shown. ' +
      'A map shows the weight of each segment: above 0 it speaks for the explained value, below 0 against it. R² says how ' +
      'much of the movement the weights explain, and each weight has a standard error in the JSON of its image: a weight ' +
      'of less than two of them is noise.',
  },
  rise: {
    signed: false,
    values: (target) => `mean ${target} where the pixel is shown`,
    caption: 'mean where shown',
    hides: true,
    howToRead:
      'Random parts of the face are hidden many times over. A map shows, for each pixel, the mean of the explained value ' +
      'while the pixel is shown: only differences between pixels mean something, not the level.',
  },
  gradient: {
    ...sensitivity,
    howToRead:
      'A map shows how fast the explained value moves when a pixel changes a little. It has no sign: it says where the ' +
      'model is sensitive, and not what speaks for or against.',
  },
  'input-x-gradient': {
    ...contribution,
    howToRead:
      'A map shows the gradient times the network’s input, summed over the channels: above 0 a pixel speaks for the ' +
      'explained value, below 0 against it. Pixels that preprocessing takes to 0 get nothing.',
  },
  'integrated-gradients': {
    ...contribution,
    howToRead:
      'A map shares out, among the pixels, what the explained value gains on the way from the baseline to the image: above ' +
      '0 a pixel speaks for it, below 0 against it. All values add up to that gain.',
  },
  smoothgrad: {
    ...sensitivity,
    howToRead:
      'A map shows how fast the explained value moves when a pixel changes a little, averaged over noisy copies of the ' +
      'image. It has no sign: it says where the model is sensitive, and not what speaks for or against.',
  },
  gradcam: {
    ...activation,
    howToRead:
      'A map adds up the channels of a layer, each weighed with the mean gradient of the explained value: above 0 a place speaks ' +
      `for it, below 0 against it. ${ofLayers}`,
  },
  'gradcam++': {
    ...activation,
    howToRead:
      'A map adds up the channels of a layer, each weighed with the positive gradients of the explained value, so that several ' +
      `places that speak for it show alike. Its unit means nothing; only places of one map compare. ${ofLayers}`,
  },
  layercam: {
    ...activation,
    howToRead:
      'A map adds up the activations of a layer, each times its own gradient where that is positive: what speaks against the ' +
      `explained value does not show. ${ofLayers}`,
  },
  xgradcam: {
    ...activation,
    howToRead:
      'A map adds up the channels of a layer, each weighed with the gradient of the explained value where the channel is active: ' +
      `above 0 a place speaks for it, below 0 against it. ${ofLayers}`,
  },
  hirescam: {
    ...activation,
    howToRead:
      'A map adds up the activations of a layer, each times its own gradient: above 0 a place speaks for the explained value, ' +
      `below 0 against it. ${ofLayers}`,
  },
  scorecam: {
    ...activation,
    hides: true,
    howToRead:
      'The image is looked at through each channel of a layer in turn. A map adds up the channels, each weighed with the explained ' +
      `value that is left. ${ofLayers}`,
  },
  ablationcam: {
    ...activation,
    howToRead:
      'Each channel of a layer is switched off in turn. A map adds up the channels, each weighed with how far the explained value ' +
      `falls without it: above 0 a place speaks for it, below 0 against it. ${ofLayers}`,
  },
  eigencam: {
    signed: true,
    hides: false,
    values: () => 'first principal component of the layer',
    caption: 'first principal component',
    howToRead:
      'A map shows where a layer differs most from pixel to pixel. It is the same whatever is explained, so it says what the ' +
      `network notices and not what it decides by. ${ofLayers}`,
  },
};
