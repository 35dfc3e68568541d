import { cropBox } from '../../../face/crop-box.js';
import type { Box } from '../../../image/geometry.js';
import type { OpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import { resize } from '../../../image/resize.js';

/**
 * The rectangle of a padded face crop: with r = area of the box / area of the image, the box is enlarged on every side by
 * int(side (1 + r)), so to about three times its size, and cut off at the border of the image. The box is taken in whole
 * pixels first. (The data script of the liveness system that faceprobe takes over.)
 */
export function paddedBox(box: Box, image: Pick<RasterImage, 'width' | 'height'>): Box {
  const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.trunc);
  const ratio = (width * height) / (image.width * image.height);
  const [across, down] = [width, height].map((side) => Math.trunc(side * (1 + ratio)));
  const left = Math.max(x - across, 0);
  const top = Math.max(y - down, 0);
  return {
    x: left,
    y: top,
    width: Math.min(x + width + across, image.width) - left,
    height: Math.min(y + height + down, image.height) - top,
  };
}

/** The padded face, resized to a square by averaging areas (OpenCV's INTER_AREA), whatever its shape was. */
export function paddedFace(cv: OpenCv, image: RasterImage, box: Box, size: number): RasterImage {
  return resize(cv, cropBox(image, paddedBox(box, image)), size, size, 'area');
}
