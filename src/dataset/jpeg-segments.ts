/** One marker segment of a JPEG file. */
export interface JpegSegment {
  /** The second byte of the marker: 0xc0 is a baseline frame, 0xda a scan. */
  readonly marker: number;
  /** Where the marker begins. */
  readonly start: number;
  /** Where the segment ends: after its parameters, or after the marker where it has none. */
  readonly end: number;
}

/**
 * The marker segments of a JPEG file from its start up to and with the first start of scan (ITU-T T.81, B.1.1); fewer
 * where the file ends or is no JPEG file.
 */
export function jpegSegments(bytes: Uint8Array): JpegSegment[] {
  const segments: JpegSegment[] = [];
  let start = 0;
  while (start + 1 < bytes.length && bytes[start] === 0xff) {
    const marker = bytes[start + 1];
    // SOI, EOI, RSTn and TEM stand alone.
    const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);
    const end = alone ? start + 2 : start + 2 + (bytes[start + 2] << 8) + bytes[start + 3];
    if (!(end <= bytes.length)) break;
    segments.push({ marker, start, end });
    if (marker === 0xda) break;
    start = end;
  }
  return segments;
}
