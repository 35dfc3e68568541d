import type { RasterImage } from '../../../image/raster-image.js';
import type { SpoofClue } from '../spoof-clue.js';
import { quantiseBlocks } from './quantise-blocks.js';
import { chrominanceTable, luminanceTable, quantisationTable } from './quantisation-table.js';

/**
 * The losses of a JPEG file, without the file: YCbCr (JFIF), colour at half the resolution, blocks of 8x8 in the cosine
 * domain rounded to multiples of the standard tables (ITU-T T.81, annex K) at libjpeg's quality.
 */
export const jpeg: SpoofClue<Readonly<{ quality: number }>> = {
  summary: 'sent about: the losses of JPEG',
  needsMask: false,
  seeded: false,
  compat: false,
  parameters: {
    quality: { summary: 'quality of libjpeg', minimum: 1, maximum: 100, whole: true },
  },
  severities: [{ quality: 75 }, { quality: 50 }, { quality: 30 }, { quality: 15 }, { quality: 7 }],
  apply: (image, { quality }) => compressed(image, quality),
};

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly samples: Float32Array;
}

function compressed(image: RasterImage, quality: number): RasterImage {
  const { width, height, channels } = image;
  const luminance = quantisationTable(luminanceTable, quality);
  const chrominance = quantisationTable(chrominanceTable, quality);
  const planes = channels === 1 ? [grayPlane(image)] : yCbCrPlanes(image);
  const [light, ...colours] = planes;
  const lossy = [
    quantiseBlocks(light.samples, width, height, luminance),
    ...colours.map((plane) => {
      const half = halved(plane);
      const samples = quantiseBlocks(half.samples, half.width, half.height, chrominance);
      return doubled({ ...half, samples }, width, height);
    }),
  ];
  const data = new Uint8ClampedArray(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (channels === 1) {
      data[pixel] = lossy[0][pixel];
    } else {
      const [y, cb, cr] = [lossy[0][pixel], lossy[1][pixel] - 128, lossy[2][pixel] - 128];
      data[3 * pixel] = y + 1.402 * cr;
      data[3 * pixel + 1] = y - 0.344136 * cb - 0.714136 * cr;
      data[3 * pixel + 2] = y + 1.772 * cb;
    }
  }
  return { width, height, channels, data: new Uint8Array(data.buffer) };
}

function grayPlane({ width, height, data }: RasterImage): Plane {
  return { width, height, samples: Float32Array.from(data) };
}

function yCbCrPlanes({ width, height, data }: RasterImage): Plane[] {
  const weights = [
    [0.299, 0.587, 0.114, 0],
    [-0.168736, -0.331264, 0.5, 128],
    [0.5, -0.418688, -0.081312, 128],
  ];
  return weights.map(([red, green, blue, offset]) => {
    const samples = new Float32Array(width * height);
    for (let pixel = 0, at = 0; pixel < samples.length; pixel++, at += 3)
      samples[pixel] = Math.round(red * data[at] + green * data[at + 1] + blue * data[at + 2] + offset);
    return { width, height, samples };
  });
}

/** The mean of every two by two samples; the last row and column are repeated where they have no partner. */
function halved({ width, height, samples }: Plane): Plane {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const result = new Float32Array(half.width * half.height);
  for (let y = 0, at = 0; y < half.height; y++) {
    const rows = [2 * y, Math.min(2 * y + 1, height - 1)];
    for (let x = 0; x < half.width; x++, at++) {
      const columns = [2 * x, Math.min(2 * x + 1, width - 1)];
      let sum = 0;
      for (const row of rows) for (const column of columns) sum += samples[row * width + column];
      // Halves are rounded down and up in turn, as libjpeg does it.
      result[at] = Math.floor((sum + (x % 2 === 0 ? 1 : 2)) / 4);
    }
  }
  return { ...half, samples: result };
}

/** Twice as many samples each way: 3/4 of the nearest and 1/4 of the next (libjpeg's fancy upsampling). */
function doubled(plane: Plane, width: number, height: number): Float32Array {
  const result = new Float32Array(width * height);
  const next = (at: number, length: number) =>
    Math.min(Math.max((at >> 1) + (at % 2 === 0 ? -1 : 1), 0), length - 1);
  for (let y = 0, at = 0; y < height; y++) {
    const near = (y >> 1) * plane.width;
    const far = next(y, plane.height) * plane.width;
    for (let x = 0; x < width; x++, at++) {
      const beside = next(x, plane.width);
      const here = x >> 1;
      const { samples } = plane;
      result[at] =
        (9 * samples[near + here] +
          3 * (samples[near + beside] + samples[far + here]) +
          samples[far + beside]) /
        16;
    }
  }
  return result;
}
