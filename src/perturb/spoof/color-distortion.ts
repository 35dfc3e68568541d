import { imageFromUnit, unitSamples } from '../../image/unit-samples.js';
import { adjustments, type Adjustment } from './adjust-colour.js';
import { adjustPillowImage } from './adjust-pillow-image.js';
import type { SpoofClue } from './spoof-clue.js';

export type ColorDistortionParameters = Readonly<{
  brightness: number;
  contrast: number;
  saturation: number;
  hue: number;
}>;

/**
 * The colour distortion of He et al. (CVPRW 2024), a clue of prints: torchvision's `ColorJitter`. Brightness, contrast and
 * saturation are multiplied by factors from U(1 - s, 1 + s), the hue is turned by U(-s, s) of a circle, in random order;
 * He et al. have s = 0.4 for all four. Samples are floats between the steps; with `compat: 'upstream'` they are whole
 * levels, and the hue a byte, as on the Pillow images of the published code. The draws of one seed are the same for every s, so that a severity is the same
 * change as a lower one, further on.
 */
export const colorDistortion: SpoofClue<ColorDistortionParameters> = {
  summary: 'the colours of a print: random brightness, contrast, saturation and hue (He et al. 2024)',
  needsMask: false,
  seeded: true,
  compat: true,
  parameters: {
    brightness: { summary: 'largest change of the brightness factor', minimum: 0, maximum: 1 },
    contrast: { summary: 'largest change of the contrast factor', minimum: 0, maximum: 1 },
    saturation: { summary: 'largest change of the saturation factor', minimum: 0, maximum: 1 },
    hue: { summary: 'largest turn of the hue, as a share of the circle', minimum: 0, maximum: 0.5 },
  },
  severities: [
    { brightness: 0.1, contrast: 0.1, saturation: 0.1, hue: 0.025 },
    { brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.05 },
    { brightness: 0.3, contrast: 0.3, saturation: 0.3, hue: 0.1 },
    { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.2 },
    { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.4 },
  ],
  apply(image, { brightness, contrast, saturation, hue }, { random, compat }) {
    const order = random.permutation(4);
    const draw = () => random.uniform(-1, 1);
    const amounts: readonly (readonly [Adjustment, number])[] = [
      ['brightness', 1 + brightness * draw()],
      ['contrast', 1 + contrast * draw()],
      ['saturation', 1 + saturation * draw()],
      ['hue', hue * draw()],
    ];
    const steps = Array.from(order, (step) => amounts[step]);
    if (compat === 'upstream') {
      return steps.reduce((before, [name, amount]) => adjustPillowImage(before, name, amount), image);
    }
    const unit = unitSamples(image);
    for (const [name, amount] of steps) adjustments[name](unit, image.channels, amount);
    return imageFromUnit(unit, image);
  },
};
