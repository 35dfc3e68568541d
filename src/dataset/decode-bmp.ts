import type { RasterImage } from '../image/raster-image.js';
import { Problem } from '../problem.js';
import { checkSize } from './check-size.js';

/** libvips reads no BMP; Skia, inside the canvas library, does. */
export async function decodeBmp(bytes: Uint8Array, name: string, maxPixels: number): Promise<RasterImage> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 26) throw cutOffBmp(name);
  const coreHeader = view.getUint32(14, true) === 12;
  const width = coreHeader ? view.getUint16(18, true) : Math.abs(view.getInt32(18, true));
  const height = coreHeader ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  checkSize(width, height, name, maxPixels);
  try {
    const { createCanvas, loadImage } = await import('@napi-rs/canvas');
    const decoded = await loadImage(bytes);
    const context = createCanvas(width, height).getContext('2d');
    context.drawImage(decoded, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const rgb = new Uint8Array(width * height * 3);
    for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
      // Skia leaves the rows that a cut-off file lacks transparent.
      if (data[from + 3] === 0) throw cutOffBmp(name);
      rgb[to] = data[from];
      rgb[to + 1] = data[from + 1];
      rgb[to + 2] = data[from + 2];
    }
    return { width, height, channels: 3, data: rgb };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(name, 'is not a BMP image that can be decoded', 'export it as PNG', { cause: error });
  }
}

function cutOffBmp(name: string): Problem {
  return new Problem(name, 'is cut off: the file ends inside the image', 'copy or export it again');
}
