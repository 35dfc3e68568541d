import type Codec from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';

/**
 * Images of more pixels are decoded faster by libvips: its native code is twice as fast, but it takes a millisecond for
 * any image however small (measured: 4:2:0 faces of 64, 224, 350 and 512 pixels a side take 0.1, 0.5, 0.5 and 1.1 times
 * as long here as there).
 */
const mostPixels = 130_000;

/** A small image has no more, unless the file holds something else too; the decoder keeps its room. */
const mostBytes = 1_000_000;

/** Whether a file is one for `decodeSmallJpeg`. */
export function isSmallJpeg(bytes: Uint8Array, width: number, height: number): boolean {
  return width * height <= mostPixels && bytes.length <= mostBytes;
}

type Decoder = InstanceType<Awaited<ReturnType<typeof Codec>>['JPEGDecoder']>;

let loading: Promise<Decoder> | undefined;

/**
 * The RGB samples of a small JPEG file of three components, by libjpeg-turbo compiled to WebAssembly: accurate integer
 * DCT and fancy upsampling, sample for sample those of libvips, without leaving the thread.
 *
 * @param bytes a file with 8 bits a sample in YCbCr, without orientation
 * @returns undefined where the decoder fails or warns; what is wrong is then for libvips to say
 */
export async function decodeSmallJpeg(
  bytes: Uint8Array,
  width: number,
  height: number,
): Promise<Uint8Array | undefined> {
  loading ??= open();
  const decoder = await loading;
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const { buffer, byteOffset, length } = decoder.getDecodedBuffer();
    return length === width * height * 3 ? new Uint8Array(buffer, byteOffset, length).slice() : undefined;
  } catch {
    // An exception leaves what the decoder had allocated; the next image gets a new one.
    loading = undefined;
    return undefined;
  }
}

async function open(): Promise<Decoder> {
  const { default: codec } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
  const { JPEGDecoder } = await codec();
  return new JPEGDecoder();
}
