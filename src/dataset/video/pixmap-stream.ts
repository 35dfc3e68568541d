import type { RasterImage } from '../../image/raster-image.js';

/** Header and size of a binary pixmap: `P6\n640 480\n255\n`, as ffmpeg writes it. */
const header = /^P6\s(\d+)\s(\d+)\s255\s/;
/** No header is longer: two sizes of up to 10 digits. */
const longestHeader = 40;

/**
 * Cuts a stream of binary pixmaps (raw RGB samples, each image behind its own size) into images. Memory: one image and
 * one chunk.
 *
 * @throws Error where the stream is none, or ends inside an image.
 */
export async function* pixmapsOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<RasterImage, void, void> {
  let waiting: Uint8Array = new Uint8Array(0);
  let image: { width: number; height: number; data: Uint8Array; filled: number } | undefined;
  for await (const chunk of stream) {
    let bytes = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    waiting = new Uint8Array(0);
    for (;;) {
      if (image === undefined) {
        if (bytes.length === 0) break;
        const match = header.exec(Buffer.from(bytes.subarray(0, longestHeader)).toString('latin1'));
        if (match === null) {
          if (bytes.length >= longestHeader) throw new Error('ffmpeg writes something that is no pixmap');
          waiting = bytes;
          break;
        }
        const [width, height] = [Number(match[1]), Number(match[2])];
        image = { width, height, data: new Uint8Array(width * height * 3), filled: 0 };
        bytes = bytes.subarray(match[0].length);
      }
      const part = bytes.subarray(0, image.data.length - image.filled);
      image.data.set(part, image.filled);
      image.filled += part.length;
      bytes = bytes.subarray(part.length);
      if (image.filled < image.data.length) break;
      const { width, height, data } = image;
      image = undefined;
      yield { width, height, channels: 3, data };
    }
  }
  if (image !== undefined || waiting.length > 0) throw new Error('the stream ends inside a frame');
}
