import { toGray } from '../../image/gray.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Adjustment } from './adjust-colour.js';

const float32 = Math.fround;

/**
 * torchvision's colour adjustments of a Pillow image (torchvision 0.14, Pillow 9.4): as those of `adjust-colour.ts`, but
 * with whole levels after every step, the contrast about the rounded mean, and hue and saturation of 8 bits.
 */
export function adjustPillowImage(image: RasterImage, adjustment: Adjustment, amount: number): RasterImage {
  const { data, channels } = image;
  switch (adjustment) {
    case 'brightness':
      return { ...image, data: data.map((sample) => extrapolated(0, sample, amount)) };
    case 'contrast': {
      const gray = toGray(image).data;
      const mean = Math.floor(gray.reduce((sum, level) => sum + level, 0) / gray.length + 0.5);
      return { ...image, data: data.map((sample) => extrapolated(mean, sample, amount)) };
    }
    case 'saturation': {
      const gray = toGray(image).data;
      return {
        ...image,
        data: data.map((sample, at) => extrapolated(gray[Math.floor(at / channels)], sample, amount)),
      };
    }
    case 'hue':
      return channels === 1 ? image : turnedHue(image, amount);
  }
}

/** Pillow's `Image.blend`, in float32: from one level towards another and beyond, cut to a whole level. */
function extrapolated(from: number, to: number, factor: number): number {
  const level = float32(from + float32(float32(factor) * (to - from)));
  return Math.trunc(Math.min(Math.max(level, 0), 255));
}

function turnedHue(image: RasterImage, turn: number): RasterImage {
  const data = new Uint8Array(image.data.length);
  // numpy's cast of a negative number to a byte wraps around, which is what a hue does.
  const shift = Math.trunc(turn * 255);
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = image.data.subarray(at, at + 3);
    const [hue, saturation, value] = hsvBytes(red, green, blue);
    data.set(rgbFromBytes((hue + shift) & 255, saturation, value), at);
  }
  return { ...image, data };
}

/** Pillow's `rgb2hsv`, in float32 as in its C. */
function hsvBytes(red: number, green: number, blue: number): [number, number, number] {
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (chroma === 0) return [0, 0, value];
  const [fromRed, fromGreen, fromBlue] = [red, green, blue].map((level) => float32((value - level) / chroma));
  const sixth = float32(
    value === red ? fromBlue - fromGreen : value === green ? 2 + fromRed - fromBlue : 4 + fromGreen - fromRed,
  );
  const hue = float32((sixth / 6 + 1) % 1);
  return [Math.trunc(hue * 255), Math.trunc(float32(chroma / value) * 255), value];
}

/** Pillow's `hsv2rgb`. */
function rgbFromBytes(hue: number, saturation: number, value: number): readonly number[] {
  const sector = Math.floor((hue * 6) / 255);
  const within = (hue * 6) / 255 - sector;
  const share = saturation / 255;
  const low = Math.round(value * (1 - share));
  const falling = Math.round(value * (1 - share * within));
  const rising = Math.round(value * (1 - share * (1 - within)));
  return [
    [value, rising, low],
    [falling, value, low],
    [low, value, rising],
    [low, falling, value],
    [rising, low, value],
    [value, low, falling],
  ][sector % 6];
}
