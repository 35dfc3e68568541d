import type { Box } from '../image/geometry.js';
import type { RasterImage } from '../image/raster-image.js';
import { blankImage } from '../image/raster-image.js';

/** What stands where a crop reaches over the border; the names of OpenCV's borders, `reflect` is BORDER_REFLECT_101. */
export type CropBorder = 'black' | 'reflect' | 'replicate';

/** The pixels of `box` (whole numbers, not empty), which may reach over the border of the photograph. */
export function cropBox(photo: RasterImage, box: Box, border: CropBorder = 'black'): RasterImage {
  const { channels } = photo;
  const crop = blankImage(box.width, box.height, channels);
  const columns = Int32Array.from({ length: box.width }, (_, i) =>
    sourceIndex(box.x + i, photo.width, border),
  );
  for (let y = 0; y < box.height; y++) {
    const row = sourceIndex(box.y + y, photo.height, border);
    if (row < 0) continue;
    const to = y * box.width * channels;
    const from = row * photo.width * channels;
    // The part inside the photograph lies side by side in both.
    const first = Math.min(Math.max(-box.x, 0), box.width);
    const last = Math.max(Math.min(photo.width - box.x, box.width), first);
    crop.data.set(
      photo.data.subarray(from + (box.x + first) * channels, from + (box.x + last) * channels),
      to + first * channels,
    );
    for (let x = 0; x < box.width; x++) {
      if (x === first) x = last;
      if (x >= box.width || columns[x] < 0) continue;
      for (let channel = 0; channel < channels; channel++) {
        crop.data[to + x * channels + channel] = photo.data[from + columns[x] * channels + channel];
      }
    }
  }
  return crop;
}

/** The pixel of the photograph that stands at `index`, or -1 for black (`cv::borderInterpolate`). */
function sourceIndex(index: number, length: number, border: CropBorder): number {
  if (index >= 0 && index < length) return index;
  if (border === 'black') return -1;
  if (border === 'replicate' || length === 1) return index < 0 ? 0 : length - 1;
  const period = 2 * (length - 1);
  const phase = ((index % period) + period) % period;
  return phase < length ? phase : period - phase;
}
