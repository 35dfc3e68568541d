import { createCanvas, ImageData } from '@napi-rs/canvas';
import sharp from 'sharp';

import { toRgb } from '../../image/gray.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Segmentation } from '../../image/superpixels/segmentation.js';
import { neutralImage } from '../neutral-image.js';
import { registerFonts } from './fonts.js';
import { setFont } from './text.js';

/** The longer side of the picture, in pixels, at least. */
const side = 896;

/**
 * The segments of an image as PNG: their edges and their numbers over the photograph, enlarged by a whole number.
 * @param photograph undefined where it must not be shown.
 */
export async function renderSegments(
  photograph: RasterImage | undefined,
  { width, height, labels, count }: Segmentation,
): Promise<Uint8Array> {
  registerFonts();
  const scale = Math.max(1, Math.ceil(side / Math.max(width, height)));
  const canvas = createCanvas(width * scale, height * scale);
  const context = canvas.getContext('2d');
  const source = createCanvas(width, height);
  const { data } = toRgb(photograph ?? neutralImage(width, height));
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) rgba[4 * pixel + channel] = data[3 * pixel + channel];
  }
  source.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);

  context.beginPath();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = labels[y * width + x];
      if (x > 0 && labels[y * width + x - 1] !== label) {
        context.moveTo(x * scale, y * scale);
        context.lineTo(x * scale, (y + 1) * scale);
      }
      if (y > 0 && labels[(y - 1) * width + x] !== label) {
        context.moveTo(x * scale, y * scale);
        context.lineTo((x + 1) * scale, y * scale);
      }
    }
  }
  context.lineCap = 'square';
  for (const [colour, thickness] of [
    ['rgba(0,0,0,0.6)', 4],
    ['#5ff4ff', 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.stroke();
  }

  setFont(context, 'bold', 18);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  innermostPixels({ width, height, labels, count }).forEach(([x, y], segment) => {
    const [centreX, centreY] = [(x + 0.5) * scale, (y + 0.5) * scale];
    context.strokeStyle = 'rgba(0,0,0,0.75)';
    context.lineWidth = 5;
    context.strokeText(String(segment), centreX, centreY);
    context.fillStyle = '#ffffff';
    context.fillText(String(segment), centreX, centreY);
  });
  const raw = { width: canvas.width, height: canvas.height, channels: 4 } as const;
  return sharp(canvas.data(), { raw }).removeAlpha().png({ compressionLevel: 1 }).toBuffer();
}

/** For each segment, that of its own pixels which is nearest to its centre of mass. */
function innermostPixels({ width, labels, count }: Segmentation): [x: number, y: number][] {
  const sums = Array.from({ length: count }, () => ({ x: 0, y: 0, pixels: 0 }));
  labels.forEach((label, pixel) => {
    sums[label].x += pixel % width;
    sums[label].y += Math.floor(pixel / width);
    sums[label].pixels++;
  });
  const nearest = sums.map((): { at: [number, number]; distance: number } => ({
    at: [0, 0],
    distance: Infinity,
  }));
  labels.forEach((label, pixel) => {
    const { x, y, pixels } = sums[label];
    const at: [number, number] = [pixel % width, Math.floor(pixel / width)];
    const distance = Math.hypot(at[0] - x / pixels, at[1] - y / pixels);
    if (distance < nearest[label].distance) nearest[label] = { at, distance };
  });
  return nearest.map(({ at }) => at);
}
