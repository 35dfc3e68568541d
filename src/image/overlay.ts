import { Problem } from '../problem.js';
import type { Tensor } from '../tensor/tensor.js';
import type { ColourMap } from './colour-map/colour-map.js';
import { colourIndex, type ColourScale } from './colour-map/colour-scale.js';
import { toRgb } from './gray.js';
import type { OpenCv } from './opencv.js';
import type { RasterImage } from './raster-image.js';
import { resizeMap, type Interpolation } from './resize.js';

export interface OverlayOptions {
  readonly colourMap: ColourMap;
  /** The values at the ends of the colour map: `rangeScale`, or `symmetricScale` for a signed map. */
  readonly scale: ColourScale;
  /** Weight of the colour, 0 (only the photograph) to 1 (only the map). @default 0.6 */
  readonly alpha?: number;
  /**
   * How a map of another size is brought to the photograph's: 'linear' for a continuous map,
   * 'nearest' for one of cells.
   * @default 'linear'
   */
  readonly interpolation?: Interpolation;
}

/**
 * A map of shape [height, width], coloured and blended over a photograph:
 * round((1 - alpha) photograph + alpha colour). Where the map is NaN the photograph stays as it is.
 */
export function overlay(
  cv: OpenCv,
  photograph: RasterImage,
  map: Tensor,
  options: OverlayOptions,
): RasterImage {
  const { colourMap, scale, alpha = 0.6, interpolation = 'linear' } = options;
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new Problem(
      'alpha',
      `${alpha} is not between 0 and 1`,
      'give 0 for the photograph alone, 1 for the map alone',
    );
  }
  const { width, height } = photograph;
  const [mapHeight, mapWidth] = map.shape;
  const sameSize = mapWidth === width && mapHeight === height;
  const { data: values } = sameSize ? map : resizeMap(cv, map, width, height, interpolation);
  const { table } = colourMap;
  const blended = toRgb(photograph).data.slice();
  for (let pixel = 0, sample = 0; pixel < values.length; pixel++, sample += 3) {
    const colour = colourIndex(values[pixel], scale) * 3;
    if (colour >= 0) {
      for (let channel = 0; channel < 3; channel++) {
        const position = sample + channel;
        blended[position] = Math.round((1 - alpha) * blended[position] + alpha * table[colour + channel]);
      }
    }
  }
  return { width, height, channels: 3, data: blended };
}
