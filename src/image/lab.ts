import { linearLight } from './linear-light.js';
import type { RasterImage } from './raster-image.js';

/** sRGB's linear light to CIE XYZ, as scikit-image has it. */
const xyzFromRgb = [
  [0.412453, 0.35758, 0.180423],
  [0.212671, 0.71516, 0.072169],
  [0.019334, 0.119193, 0.950227],
] as const;

/** The white of CIE illuminant D65, 2 degree observer. */
const white = [0.95047, 1, 1.08883] as const;

/**
 * The CIE Lab colour of every pixel: `skimage.color.rgb2lab` of scikit-image 0.19 in float64, sRGB under D65. Gray
 * counts as equal R, G and B.
 *
 * @param levels the colour value that each of the 256 sample values stands for. Lab is meant for 0 to 1
 * @returns L (0 to 100), a, b of one pixel after the other, rows from the top
 */
export function imageToLab(image: RasterImage, levels: Float64Array): Float64Array {
  const light = levels.map(linearLight);
  const { data, channels } = image;
  const pixels = image.width * image.height;
  const lab = new Float64Array(3 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const sample = pixel * channels;
    const red = light[data[sample]];
    const green = channels === 3 ? light[data[sample + 1]] : red;
    const blue = channels === 3 ? light[data[sample + 2]] : red;
    const x = compressed(red, green, blue, 0);
    const y = compressed(red, green, blue, 1);
    const z = compressed(red, green, blue, 2);
    lab[3 * pixel] = 116 * y - 16;
    lab[3 * pixel + 1] = 500 * (x - y);
    lab[3 * pixel + 2] = 200 * (y - z);
  }
  return lab;
}

/** The cube root of one coordinate of XYZ relative to white, with its straight piece near black. */
function compressed(red: number, green: number, blue: number, coordinate: 0 | 1 | 2): number {
  const weights = xyzFromRgb[coordinate];
  const value = (red * weights[0] + green * weights[1] + blue * weights[2]) / white[coordinate];
  return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
}
