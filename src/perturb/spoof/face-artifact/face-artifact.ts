import { imageFromUnit, unitSamples } from '../../../image/unit-samples.js';
import type { SpoofClue } from '../spoof-clue.js';
import { blendFaces } from './blend-faces.js';
import { drawColourTransform, type ColourRanges } from './colour-transform.js';
import { elasticDeformation } from './elastic-deformation.js';
import { softenMask } from './soften-mask.js';
import { moveImage, moveMask } from './spatial-transform.js';

export type FaceArtifactParameters = ColourRanges &
  Readonly<{ resize: number; translate: number; elastic: number; blur: number; leastBlend: number }>;

/** Controls of the elastic deformation along each axis. */
const controls = 6;

/** Shares of the blended face that are drawn from; those below `leastBlend` are left out. */
const blendRatios = [0.25, 0.5, 0.75, 1, 1, 1] as const;

/**
 * The face artifact of He et al. (CVPRW 2024, "simulated digital spoofing clues"), which is self-blending (Shiohara and
 * Yamasaki, CVPR 2022): a copy of the face, a little other in colour, size and place, is pasted over the face through a
 * deformed and blurred mask,
 *
 *     out = M source + (1 - M) target,  M = r mask
 *
 * Either the source or the target has its colours changed. Their `minor` is severity 2, their `major` severity 4. The
 * mask lies in [0, 1], it moves with the source, and beyond the border of the moved source its edge is repeated: the
 * published code lets the mask reach 255 in one place (so levels wrap around), moves the mask by draws of its own, and
 * pads with black.
 */
export const faceArtifact: SpoofClue<FaceArtifactParameters> = {
  summary: 'the seams of a digital forgery: the face pasted over itself, a little changed (self-blending)',
  needsMask: true,
  seeded: true,
  compat: false,
  parameters: {
    hue: { summary: 'largest turn of the hue in units of 2 degrees', minimum: 0, maximum: 90 },
    saturation: { summary: 'largest change of the saturation in levels', minimum: 0, maximum: 255 },
    value: { summary: 'largest change of the HSV value in levels', minimum: 0, maximum: 255 },
    brightness: { summary: 'largest change of the brightness, of the full range', minimum: 0, maximum: 1 },
    contrast: { summary: 'largest change of the contrast factor', minimum: 0, maximum: 1 },
    downscale: {
      summary: 'smallest scale that the copy is reduced to and back, up to 0.65',
      minimum: 0.01,
      maximum: 0.65,
    },
    leastSharpen: { summary: 'weakest sharpening', minimum: 0, maximum: 1 },
    sharpen: { summary: 'strongest sharpening', minimum: 0, maximum: 1 },
    shuffle: { summary: 'probability that the channels are exchanged', minimum: 0, maximum: 1 },
    resize: {
      summary: 'largest change of the width and height of the copy, as a share',
      minimum: 0,
      maximum: 0.5,
    },
    translate: { summary: 'largest shift of the copy as a share of the image', minimum: 0, maximum: 0.5 },
    elastic: { summary: 'standard deviation of the bends of the mask in pixels', minimum: 0, maximum: 100 },
    blur: {
      summary: 'standard deviation of the two blurs of the mask in pixels',
      minimum: 0.1,
      maximum: 100,
    },
    leastBlend: { summary: 'smallest share of the copy inside the mask', minimum: 0, maximum: 1 },
  },
  severities: [
    {
      hue: 3,
      saturation: 3,
      value: 5,
      brightness: 0.05,
      contrast: 0.05,
      downscale: 0.5,
      leastSharpen: 0.05,
      sharpen: 0.15,
      shuffle: 0,
      resize: 0.01,
      translate: 0.01,
      elastic: 4,
      blur: 3,
      leastBlend: 0.25,
    },
    {
      hue: 5,
      saturation: 5,
      value: 10,
      brightness: 0.1,
      contrast: 0.1,
      downscale: 0.35,
      leastSharpen: 0.1,
      sharpen: 0.3,
      shuffle: 0,
      resize: 0.02,
      translate: 0.02,
      elastic: 4,
      blur: 3,
      leastBlend: 0.25,
    },
    {
      hue: 7,
      saturation: 7,
      value: 15,
      brightness: 0.15,
      contrast: 0.15,
      downscale: 0.3,
      leastSharpen: 0.15,
      sharpen: 0.4,
      shuffle: 0,
      resize: 0.03,
      translate: 0.03,
      elastic: 4,
      blur: 3,
      leastBlend: 0.5,
    },
    {
      hue: 9,
      saturation: 9,
      value: 20,
      brightness: 0.2,
      contrast: 0.2,
      downscale: 0.25,
      leastSharpen: 0.2,
      sharpen: 0.5,
      shuffle: 0.03,
      resize: 0.04,
      translate: 0.04,
      elastic: 4,
      blur: 3,
      leastBlend: 0.75,
    },
    {
      hue: 14,
      saturation: 18,
      value: 40,
      brightness: 0.3,
      contrast: 0.3,
      downscale: 0.2,
      leastSharpen: 0.3,
      sharpen: 0.6,
      shuffle: 0.03,
      resize: 0.06,
      translate: 0.06,
      elastic: 4,
      blur: 3,
      leastBlend: 1,
    },
  ],
  apply(image, parameters, { cv, random, mask, unit }) {
    const changesSource = random.random() < 0.5;
    const changeColours = drawColourTransform(random);
    const [wide, high] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    const moves = random.random() < 0.5;
    const [right, down] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    const bends = Float64Array.from({ length: 2 * controls ** 2 }, () => random.normal());
    const draw = random.random();

    const { width, height, channels } = image;
    const original = unitSamples(image);
    const changed = changeColours(cv, { samples: original, width, height, channels }, parameters);
    const [source, target] = changesSource ? [changed, original] : [original, changed];

    const { resize, translate, elastic, blur, leastBlend } = parameters;
    const motion = {
      scaleX: 1 + resize * wide,
      scaleY: 1 + resize * high,
      shiftX: moves ? translate * right * width : 0,
      shiftY: moves ? translate * down * height : 0,
    };
    const size = { width, height };
    const bent = elasticDeformation(
      moveMask(mask, size, motion),
      size,
      controls,
      bends.map((bend) => bend * elastic * unit),
    );
    const ratios = blendRatios.filter((ratio) => ratio >= leastBlend);
    const ratio = ratios[Math.floor(draw * ratios.length)];
    const soft = softenMask(cv, bent, size, blur, unit);
    return imageFromUnit(
      blendFaces(moveImage(source, size, channels, motion), target, channels, soft, ratio),
      image,
    );
  },
};
