import { readFileSync } from 'node:fs';
import sharp, { type Metadata, type OutputInfo } from 'sharp';
import type { RasterImage } from '../image/raster-image.js';
import { Problem } from '../problem.js';
import { checkSize } from './check-size.js';
import { decodeBmp } from './decode-bmp.js';
import { decodeSmallJpeg, isSmallJpeg } from './decode-small-jpeg.js';
import { fileProblem } from './file-problem.js';
import type { ImageFormat } from './image-format.js';
import { plainJpegFacts } from './plain-jpeg-facts.js';

/** A decoded image and what was done to get it. */
export interface DecodedImage {
  /** Always three channels: R, G, B. */
  readonly image: RasterImage;
  /** The format of the content, whatever the file name says. */
  readonly format: ImageFormat | 'gif';
  /** What a reader of the results must know, e.g. `alpha dropped`; empty for a plain 8-bit RGB or gray image. */
  readonly notes: readonly string[];
}

export interface DecodeOptions {
  /** How a `Problem` calls the image. @default the path, or `image` */
  readonly name?: string;
  /** The largest number of pixels (width x height) that is decoded. @default 64 million, 192 MB of memory */
  readonly maxPixels?: number;
}

/** libjpeg's warnings after which part of the picture is invented. */
const damagedPixels = /premature end of data|bad Huffman|instead of RST|Corrupt JPEG data: bad/i;

const defaultMaxPixels = 64_000_000;

// Images are decoded once each, many at a time: a cache only costs memory, and threads inside one image cost
// more than they bring.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes a JPEG, PNG, BMP, TIFF, WebP or GIF image to 8-bit RGB, as OpenCV's `imread(IMREAD_COLOR)` does:
 * JPEG by libjpeg's accurate integer DCT and fancy upsampling; the EXIF orientation is applied; gray is copied
 * to three channels; of 16 bits the upper 8 are kept; alpha is dropped, not blended; an embedded RGB colour
 * profile is not applied; CMYK is converted without a profile. Of an animation or a multi-page file the first
 * image is taken. Whatever of this changed the samples is told in `notes`.
 *
 * @param source a file or the bytes of one
 * @throws Problem where the image cannot be read whole: truncated, empty, not an image, too large
 */
export async function decodeImage(
  source: string | Uint8Array,
  options: DecodeOptions = {},
): Promise<DecodedImage> {
  const name = options.name ?? (typeof source === 'string' ? source : 'image');
  const bytes = typeof source === 'string' ? readWhole(source, name) : source;
  if (bytes.length === 0) throw new Problem(name, 'is an empty file (0 bytes)', 'copy or export it again');
  const format = formatOfContent(bytes);
  if (format === undefined) throw notAnImage(bytes, name);
  const maxPixels = options.maxPixels ?? defaultMaxPixels;
  if (format === 'bmp') return { image: await decodeBmp(bytes, name, maxPixels), format, notes: [] };
  const plain = format === 'jpeg' ? plainJpegFacts(bytes) : undefined;
  if (plain?.components === 3 && isSmallJpeg(bytes, plain.width, plain.height)) {
    const { width, height } = plain;
    checkSize(width, height, name, maxPixels);
    const data = await decodeSmallJpeg(bytes, width, height);
    if (data !== undefined) return { image: { width, height, channels: 3, data }, format, notes: [] };
  }
  return await decodeByLibvips(bytes, format, name, maxPixels, plain);
}

/** Without leaving the thread: images are decoded in worker threads, and several hops for a small file take longer. */
function readWhole(path: string, name: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileProblem(error, name);
  }
}

async function decodeByLibvips(
  bytes: Uint8Array,
  format: ImageFormat | 'gif',
  name: string,
  maxPixels: number,
  known: Facts | undefined,
): Promise<DecodedImage> {
  const notes: string[] = [];
  try {
    const facts = known ?? (await sharp(bytes, { limitInputPixels: false }).metadata());
    checkSize(facts.width, facts.height, name, maxPixels);
    if ((facts.pages ?? 1) > 1) notes.push(`the first of ${facts.pages!} images in the file was taken`);
    else if (format === 'png' && isAnimatedPng(bytes))
      notes.push('the first image of an animation was taken');
    if (facts.orientation !== undefined && facts.orientation > 1) {
      notes.push(`turned as its EXIF orientation ${facts.orientation} says`);
    }
    if (facts.depth !== 'uchar') notes.push(`reduced from ${bitsOf(facts.depth)} to 8 bits a sample`);
    if (facts.depth === 'float' || facts.depth === 'double' || facts.depth === 'complex') {
      throw new Problem(name, 'has floating-point samples, whose range is unknown', 'export it with 8 bits');
    }
    const cmyk = facts.space === 'cmyk';
    if (cmyk) notes.push('converted from CMYK to RGB without a colour profile, as in OpenCV');
    else if (facts.icc !== undefined && !isSrgb(facts.icc)) {
      notes.push('its colour profile was not applied, as in OpenCV and Pillow');
    }

    const decode = (failOn: 'warning' | 'error'): Promise<{ data: Buffer; info: OutputInfo }> => {
      const pipeline = sharp(bytes, { failOn, limitInputPixels: false, autoOrient: true, ignoreIcc: true });
      return (
        cmyk ? pipeline.pipelineColourspace('cmyk').toColourspace('cmyk') : pipeline.toColourspace('srgb')
      )
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
    };
    const { data, info } = await decode('warning').catch(async (warning: unknown) => {
      if (damagedPixels.test(reasonOf(warning))) throw warning;
      // OpenCV and Pillow read what only draws a warning (stray bytes, say); so do we, and tell.
      const decoded = await decode('error');
      notes.push(`the decoder warned: ${reasonOf(warning)}`);
      return decoded;
    });
    const { width, height, channels } = info;
    const samples = new Uint8Array(data.buffer, data.byteOffset, data.length);
    if (!cmyk && hasTransparency(samples, channels)) {
      notes.push('its alpha channel was dropped, as in OpenCV and Pillow');
    }
    return {
      image: { width, height, channels: 3, data: cmyk ? rgbOfCmyk(samples) : rgbOf(samples, channels) },
      format,
      notes,
    };
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = reasonOf(error);
    const unreadable = /unsupported image format|corrupt header/;
    const cutOff = /premature end|read error|truncat|unexpected end|not enough|out of order read|eof/i;
    throw new Problem(
      name,
      cutOff.test(reason)
        ? 'is cut off: the file ends inside the image'
        : unreadable.test(reason)
          ? `is damaged: it begins as ${format.toUpperCase()} but cannot be read on`
          : `cannot be decoded: ${reason}`,
      'copy or export it again',
      { cause: error },
    );
  }
}

/** What is known about an image before it is decoded. */
type Facts = Pick<Metadata, 'width' | 'height' | 'depth'> &
  Partial<Pick<Metadata, 'pages' | 'orientation' | 'space' | 'icc'>>;

/** Whether a pixel of gray + alpha or RGB + alpha samples is not opaque. */
function hasTransparency(samples: Uint8Array, channels: number): boolean {
  if (channels !== 2 && channels !== 4) return false;
  for (let alpha = channels - 1; alpha < samples.length; alpha += channels) {
    if (samples[alpha] !== 255) return true;
  }
  return false;
}

/** RGB from gray or RGB samples, with or without alpha. */
function rgbOf(samples: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return samples;
  const rgb = new Uint8Array((samples.length / channels) * 3);
  const green = channels === 4 ? 1 : 0;
  for (let from = 0, to = 0; from < samples.length; from += channels, to += 3) {
    rgb[to] = samples[from];
    rgb[to + 1] = samples[from + green];
    rgb[to + 2] = samples[from + 2 * green];
  }
  return rgb;
}

/** RGB from CMYK samples (0 = no ink), as in OpenCV's `icvCvt_CMYK2BGR_8u_C4C3R`. */
function rgbOfCmyk(samples: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((samples.length / 4) * 3);
  for (let from = 0, to = 0; from < samples.length; from += 4, to += 3) {
    const light = 255 - samples[from + 3];
    for (let ink = 0; ink < 3; ink++) rgb[to + ink] = light - ((samples[from + ink] * light) >> 8);
  }
  return rgb;
}

const signatures: readonly (readonly [ImageFormat | 'gif', RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['tiff', /^(II[*+]\0|MM\0[*+])/],
  ['gif', /^GIF8[79]a/],
  ['bmp', /^BM[^]{4}/],
];

function formatOfContent(bytes: Uint8Array): ImageFormat | 'gif' | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return signatures.find(([, signature]) => signature.test(start))?.[0];
}

function notAnImage(bytes: Uint8Array, name: string): Problem {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (/^[^]{4}ftyp/.test(start)) {
    return new Problem(name, 'is a HEIF, AVIF or video file', 'convert it to PNG or JPEG');
  }
  const text = /^[\t\r\n\x20-\x7e]+$/.test(start);
  const what = text ? `text that begins "${start.trim().slice(0, 20)}"` : 'not in a known image format';
  return new Problem(
    name,
    `is not an image: its content is ${what}`,
    'JPEG, PNG, BMP, TIFF, WebP and GIF are read',
  );
}

const bitsOf = (depth: string): string =>
  ({ ushort: '16 bits', short: '16 bits', uint: '32 bits', int: '32 bits' })[depth] ?? depth;

/** Whether an `acTL` chunk stands before the pixels, as in an animated PNG. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  return start.includes('acTL') && start.indexOf('acTL') < (start.indexOf('IDAT') + 1 || start.length);
}

/** Whether an ICC profile calls itself sRGB, in ASCII (version 2) or UTF-16 (version 4). */
function isSrgb(profile: Buffer): boolean {
  return profile.includes('sRGB') || profile.includes(Buffer.from('\0s\0R\0G\0B', 'latin1'));
}

/** The last line of a libvips message, without its prefix: the lines before it repeat it. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .trim()
    .split('\n')
    .at(-1)!
    .replace(/^\w+: /, '')
    .replace(/^Input (buffer|file) /, '')
    .trim();
}
