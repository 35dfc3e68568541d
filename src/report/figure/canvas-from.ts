import { createCanvas, ImageData, type Canvas } from '@napi-rs/canvas';

import type { RasterImage } from '../../image/raster-image.js';

/** A canvas that shows an image, pixel by pixel. */
export function canvasFrom({ width, height, channels, data }: RasterImage): Canvas {
  // R, G, B, A from the lowest byte: every machine that runs Node is little-endian.
  const pixels = new Uint32Array(width * height);
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let pixel = 0, sample = 0; pixel < pixels.length; pixel++, sample += channels) {
    pixels[pixel] = 0xff000000 | (data[sample + blue] << 16) | (data[sample + green] << 8) | data[sample];
  }
  return canvasOfPixels(new Uint8ClampedArray(pixels.buffer), width, height);
}

/** A canvas of R, G, B, A samples. */
export function canvasOfPixels(rgba: Uint8ClampedArray, width: number, height: number): Canvas {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}
