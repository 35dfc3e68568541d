import type * as JpegTurbo from '@julusian/jpeg-turbo';
import { createRequire } from 'node:module';
import type { RasterImage } from '../image/raster-image.js';

// A CommonJS package that copies its exports at run time: its constants cannot be imported by name.
const turbo = createRequire(import.meta.url)('@julusian/jpeg-turbo') as typeof JpegTurbo;

/** Room for the encoder, kept between calls: making it costs more than encoding a small image. */
let room = Buffer.alloc(0);

/**
 * Some rows of an image as a JPEG file by libjpeg-turbo: fast integer DCT, 4:2:0 chroma. The bytes are valid until the
 * next call.
 * @param bottom the row after the last
 * @param quality 1 to 100
 */
export function compressJpeg(
  { data, width, channels }: RasterImage,
  top: number,
  bottom: number,
  quality: number,
): Uint8Array {
  const { options, most } = planOf(width, bottom - top, channels, Math.round(quality));
  if (room.length < most) room = Buffer.alloc(most);
  const stride = width * channels;
  const samples = Buffer.from(data.buffer, data.byteOffset + top * stride, (bottom - top) * stride);
  const { length } = turbo.compressSync(samples, room, options);
  return new Uint8Array(room.buffer, room.byteOffset, length);
}

/** What the encoder is told of all images of one size. */
interface Plan {
  readonly options: JpegTurbo.EncodeOptions;
  /** Bytes that a file can have. */
  readonly most: number;
}

/** The plans of the sizes that came last: the bands of an image have one or two, and asking anew costs a tenth of encoding. */
const plans: Plan[] = [];
const mostPlans = 4;

function planOf(width: number, height: number, channels: 1 | 3, quality: number): Plan {
  const format = channels === 1 ? turbo.FORMAT_GRAY : turbo.FORMAT_RGB;
  for (const plan of plans) {
    const { options } = plan;
    const same =
      options.width === width &&
      options.height === height &&
      options.format === format &&
      options.quality === quality;
    if (same) return plan;
  }
  const size = sizeOf(width, height, channels);
  const plan = { options: { ...size, format, quality }, most: turbo.bufferSize(size) };
  plans.unshift(plan);
  plans.length = Math.min(plans.length, mostPlans);
  return plan;
}

/** The most bytes that the file of an image can have. */
export function jpegRoom({ width, height, channels }: RasterImage): number {
  return turbo.bufferSize(sizeOf(width, height, channels));
}

function sizeOf(width: number, height: number, channels: 1 | 3): JpegTurbo.BufferSizeOptions {
  return { width, height, subsampling: channels === 1 ? turbo.SAMP_GRAY : turbo.SAMP_420 };
}
