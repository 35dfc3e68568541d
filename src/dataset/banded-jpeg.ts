import type { RasterImage } from '../image/raster-image.js';
import { compressJpeg, jpegRoom } from './compress-jpeg.js';
import { jpegSegments } from './jpeg-segments.js';

/** A file of many bands is larger, one of few is written slower where little of the image differs. */
const mostBands = 16;

/**
 * Writes JPEG files of images that differ from one image in some rows only. The image is cut into bands of whole rows of
 * blocks, each a restart interval (ITU-T T.81, E.1.4), so that a band is encoded by itself: a band without differences
 * is taken over as it was encoded the first time. The samples that a file decodes to are those of `encodeImage`.
 */
export class BandedJpeg {
  readonly #quality: number;
  /** Rows of pixels in a band; the last one may have fewer. */
  readonly #rows: number;
  /** All that stands before the entropy-coded data. */
  readonly #header: Uint8Array;
  /** The entropy-coded data of each band of the original. */
  readonly #bands: readonly Uint8Array[];
  readonly #headerLength: number;
  /** The file, kept between calls, with room for any image of this size. */
  readonly #file: Uint8Array;

  /** @param quality as in `encodeImage` */
  constructor(original: RasterImage, quality = 95) {
    const { width, height, channels } = original;
    // 4:2:0 chroma makes units of 16 pixels a side, gray ones of 8.
    const unit = channels === 1 ? 8 : 16;
    const across = Math.ceil(width / unit);
    const down = Math.ceil(height / unit);
    // A restart interval has at most 65535 units.
    const downInBand = Math.min(Math.max(2, Math.ceil(down / mostBands)), Math.floor(65535 / across));
    this.#quality = quality;
    this.#rows = downInBand * unit;
    const first = compressJpeg(original, 0, Math.min(this.#rows, height), quality);
    this.#headerLength = jpegSegments(first).at(-1)!.end;
    this.#header = wholeHeader(first, height, downInBand * across);
    this.#bands = Array.from({ length: Math.ceil(down / downInBand) }, (_, band) =>
      this.#encodeBand(original, band).slice(),
    );
    this.#file = new Uint8Array(this.#header.length + jpegRoom(original) + 2 * this.#bands.length);
  }

  /**
   * The file of an image that equals the original but for its rows `top` to `bottom` (not included). The bytes are valid until the next call.
   */
  encode(image: RasterImage, top: number, bottom: number): Uint8Array {
    const file = this.#file;
    file.set(this.#header);
    let end = this.#header.length;
    this.#bands.forEach((original, band) => {
      const differs = top < bottom && band * this.#rows < bottom && (band + 1) * this.#rows > top;
      const data = differs ? this.#encodeBand(image, band) : original;
      file.set(data, end);
      end += data.length;
      // RST0 to RST7 in turn between the bands, EOI after the last.
      file[end++] = 0xff;
      file[end++] = band === this.#bands.length - 1 ? 0xd9 : 0xd0 + (band % 8);
    });
    return file.subarray(0, end);
  }

  /** Valid until the next call. */
  #encodeBand(image: RasterImage, band: number): Uint8Array {
    const top = band * this.#rows;
    const bottom = Math.min(top + this.#rows, image.height);
    return compressJpeg(image, top, bottom, this.#quality).subarray(this.#headerLength, -2);
  }
}

/** The header of the first band with the height of the whole image and its restart interval, in units. */
function wholeHeader(band: Uint8Array, height: number, interval: number): Uint8Array {
  const segments = jpegSegments(band);
  const frame = segments.find(({ marker }) => marker === 0xc0)!;
  const scan = segments.at(-1)!;
  const header = new Uint8Array(scan.end + 6);
  header.set(band.subarray(0, scan.start));
  header.set([height >> 8, height & 255], frame.start + 5);
  header.set([0xff, 0xdd, 0, 4, interval >> 8, interval & 255], scan.start);
  header.set(band.subarray(scan.start, scan.end), scan.start + 6);
  return header;
}
