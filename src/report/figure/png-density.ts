import { crc32 } from 'node:zlib';

/** Length, type, width, height, five more bytes and the checksum of the header chunk, after the signature. */
const headerEnd = 8 + 25;

/**
 * The PNG with a pHYs chunk (PNG specification, 11.3.4.3), so that it prints in the size it was drawn for.
 * (sharp's own way to state a density converts every pixel through a colour profile: as costly as the drawing.)
 */
export function withDensity(png: Uint8Array, dotsPerInch: number): Uint8Array {
  const perMetre = Math.round(dotsPerInch / 0.0254);
  const chunk = new Uint8Array(4 + 4 + 9 + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode('pHYs'), 4);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  view.setUint8(16, 1);
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  const result = new Uint8Array(png.length + chunk.length);
  result.set(png.subarray(0, headerEnd));
  result.set(chunk, headerEnd);
  result.set(png.subarray(headerEnd), headerEnd + chunk.length);
  return result;
}
