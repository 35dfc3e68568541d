import type { OpenCv } from '../../../image/opencv.js';
import { resize } from '../../../image/resize.js';
import { imageFromUnit, unitSamples } from '../../../image/unit-samples.js';
import type { RandomState } from '../../../tensor/random.js';
import { hsvFromRgb, rgbFromHsv } from '../adjust-colour.js';

/** How far the colours of a self-blended face may go; `faceArtifact` says what each is. */
export type ColourRanges = Readonly<{
  hue: number;
  saturation: number;
  value: number;
  brightness: number;
  contrast: number;
  downscale: number;
  leastSharpen: number;
  sharpen: number;
  shuffle: number;
}>;

/** Samples from 0 to 1, those of a pixel side by side. */
interface Samples {
  readonly samples: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** The largest scale that a copy is reduced to. */
const mostDownscale = 0.65;

/**
 * Draws the colour transform of self-blending as He et al. have it (albumentations): exchanged channels, then hue,
 * saturation and value with probability 0.5, brightness and contrast with 0.5, reduced to a smaller size and back, without
 * interpolation, with 0.4, sharpened with 0.5. In floats from 0 to 1, held there after each step.
 */
export function drawColourTransform(
  random: RandomState,
): (cv: OpenCv, image: Samples, ranges: ColourRanges) => Float32Array {
  const either = () => random.uniform(-1, 1);
  const shuffleDraw = random.random();
  const order = random.permutation(3);
  const [changesHsv, hue, saturation, value] = [random.random() < 0.5, either(), either(), either()];
  const [changesContrast, brightness, contrast] = [random.random() < 0.5, either(), either()];
  const [reduces, scale] = [random.random() < 0.4, random.random()];
  const [sharpens, strength, lightness] = [random.random() < 0.5, random.random(), random.uniform(0.5, 1)];

  return (cv, image, ranges) => {
    let samples: Float32Array = image.samples.slice();
    if (image.channels === 3 && shuffleDraw < ranges.shuffle) exchangeChannels(samples, order);
    if (image.channels === 3 && changesHsv) {
      shiftHsv(
        samples,
        (hue * ranges.hue) / 180,
        (saturation * ranges.saturation) / 255,
        (value * ranges.value) / 255,
      );
    }
    if (changesContrast) {
      const factor = 1 + contrast * ranges.contrast;
      samples = samples.map((sample) => held(factor * sample + brightness * ranges.brightness));
    }
    if (reduces) {
      samples = reduced(
        cv,
        { ...image, samples },
        mostDownscale - scale * (mostDownscale - ranges.downscale),
      );
    }
    if (sharpens) {
      const alpha = ranges.leastSharpen + strength * Math.max(0, ranges.sharpen - ranges.leastSharpen);
      samples = sharpened({ ...image, samples }, alpha, lightness);
    }
    return samples;
  };
}

function exchangeChannels(samples: Float32Array, order: Int32Array): void {
  for (let at = 0; at < samples.length; at += 3) {
    const pixel = samples.slice(at, at + 3);
    order.forEach((from, channel) => (samples[at + channel] = pixel[from]));
  }
}

function shiftHsv(samples: Float32Array, hue: number, saturation: number, value: number): void {
  for (let at = 0; at < samples.length; at += 3) {
    const hsv = hsvFromRgb(samples[at], samples[at + 1], samples[at + 2]);
    samples.set(rgbFromHsv(hsv[0] + hue, held(hsv[1] + saturation), held(hsv[2] + value)), at);
  }
}

function reduced(cv: OpenCv, image: Samples, scale: number): Float32Array {
  const { width, height } = image;
  const small = (length: number) => Math.max(1, Math.round(length * scale));
  const whole = imageFromUnit(image.samples, image);
  const reduced = resize(cv, whole, small(width), small(height), 'nearest');
  return unitSamples(resize(cv, reduced, width, height, 'nearest'));
}

/**
 * (1 - alpha) of the image and alpha of it filtered by 8 + lightness in the middle and -1 around; beyond the border it is
 * mirrored without the border pixel.
 */
function sharpened(
  { samples, width, height, channels }: Samples,
  alpha: number,
  lightness: number,
): Float32Array {
  const mirrored = (at: number, length: number) =>
    length === 1 ? 0 : at < 0 ? -at : at < length ? at : 2 * (length - 1) - at;
  const result = new Float32Array(samples.length);
  for (let y = 0, at = 0; y < height; y++) {
    const rows = [y - 1, y, y + 1].map((row) => mirrored(row, height) * width);
    for (let x = 0; x < width; x++) {
      const columns = [x - 1, x, x + 1].map((column) => mirrored(column, width));
      for (let channel = 0; channel < channels; channel++, at++) {
        let around = 0;
        for (const row of rows)
          for (const column of columns) around += samples[(row + column) * channels + channel];
        const filtered = (9 + lightness) * samples[at] - around;
        result[at] = held((1 - alpha) * samples[at] + alpha * filtered);
      }
    }
  }
  return result;
}

function held(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
