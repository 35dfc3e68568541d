import { jpegSegments } from './jpeg-segments.js';

/** What the header of a JPEG file with 8 bits a sample says. */
export interface PlainJpegFacts {
  readonly width: number;
  readonly height: number;
  /** Gray, or YCbCr. */
  readonly components: 1 | 3;
  readonly depth: 'uchar';
}

/**
 * The facts of a JPEG file that has 8-bit gray or colour samples and no segment that could hold an orientation, a
 * profile or a colour model of Adobe's; undefined for any other. Asking libvips for them costs half as much again as
 * decoding a small image.
 */
export function plainJpegFacts(bytes: Uint8Array): PlainJpegFacts | undefined {
  const segments = jpegSegments(bytes);
  // SOI, APP0, DQT, SOF0 to SOF2, DHT, DRI, COM and SOS.
  const plain = [0xd8, 0xe0, 0xdb, 0xc0, 0xc1, 0xc2, 0xc4, 0xdd, 0xfe, 0xda];
  if (segments.at(-1)?.marker !== 0xda || !segments.every(({ marker }) => plain.includes(marker)))
    return undefined;
  const frames = segments.filter(({ marker }) => marker >= 0xc0 && marker <= 0xc2);
  if (frames.length !== 1 || frames[0].end - frames[0].start < 10) return undefined;
  const at = frames[0].start;
  const [bits, components] = [bytes[at + 4], bytes[at + 9]];
  const height = (bytes[at + 5] << 8) + bytes[at + 6];
  const width = (bytes[at + 7] << 8) + bytes[at + 8];
  if (bits !== 8 || (components !== 1 && components !== 3) || width < 1 || height < 1) return undefined;
  return { width, height, depth: 'uchar', components };
}
