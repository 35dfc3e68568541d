/**
 * An image in memory: 8 bits a sample, rows from the top, samples of a pixel side by side.
 * Three channels are R, G, B in this order everywhere in faceprobe; one channel is gray.
 */
export interface RasterImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** `width * height * channels` samples. */
  readonly data: Uint8Array;
}

/** An image of the given size with every sample 0 (black). */
export function blankImage(width: number, height: number, channels: 1 | 3 = 3): RasterImage {
  return { width, height, channels, data: new Uint8Array(width * height * channels) };
}
