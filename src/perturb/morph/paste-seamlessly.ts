import { gaussianBlurMap } from '../../image/gaussian-blur.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { resizeMap } from '../../image/resize.js';
import { membrane } from './membrane.js';

/** Longer side, in pixels, of the grid that the membrane is solved on: it is smooth, and more would only take longer. */
const membraneSide = 192;

/** Width of the soft edge inside the mask, as a share of the width of the mask. */
const softEdge = 0.06;

/**
 * An image pasted into a background of the same size, inside a mask, without a seam: the gradients of the image with the
 * levels of the background along the edge (Perez, Gangnet and Blake, "Poisson image editing", SIGGRAPH 2003, section 2,
 * solved for the difference of both images, which is a membrane over the mask). Differences along the edge are taken
 * from blurred images, so that single hairs are not drawn across the face; what remains of them fades out within a soft
 * edge.
 *
 * @param mask 1 inside, 0 outside, row by row; it must not touch the border of the image
 */
export function pasteSeamlessly(
  cv: OpenCv,
  image: RasterImage,
  background: RasterImage,
  mask: Uint8Array,
): RasterImage {
  const { width, height, channels } = image;
  const extent = boundsOf(mask, width, height);
  const edge = Math.max(1, softEdge * extent.width);
  const soft = softMask(cv, mask, width, height, edge);
  const scale = Math.min(1, membraneSide / Math.max(extent.width, extent.height));
  const [small, low] = [Math.round(width * scale), Math.round(height * scale)];
  const inside = resizeMap(cv, { data: Float32Array.from(mask), shape: [height, width] }, small, low, 'area');
  const free = Uint8Array.from(inside.data, (share) => (share > 0.5 ? 1 : 0));

  const data = new Uint8ClampedArray(background.data);
  for (let channel = 0; channel < channels; channel++) {
    const difference = new Float32Array(width * height);
    for (let pixel = 0; pixel < difference.length; pixel++) {
      const at = pixel * channels + channel;
      difference[pixel] = background.data[at] - image.data[at];
    }
    const smooth = gaussianBlurMap(cv, { data: difference, shape: [height, width] }, edge / 3);
    const reduced = resizeMap(cv, smooth, small, low, scale < 1 ? 'area' : 'linear');
    const filled = resizeMap(
      cv,
      { data: membrane(reduced.data, free, small, low), shape: [low, small] },
      width,
      height,
    );
    for (let pixel = 0; pixel < difference.length; pixel++) {
      if (soft[pixel] === 0) continue;
      const at = pixel * channels + channel;
      const pasted = image.data[at] + filled.data[pixel];
      data[at] = background.data[at] + soft[pixel] * (pasted - background.data[at]);
    }
  }
  return { width, height, channels, data: new Uint8Array(data.buffer) };
}

/** 0 at the edge of the mask and outside, 1 at `edge` pixels and more inside, in between a smooth step. */
function softMask(cv: OpenCv, mask: Uint8Array, width: number, height: number, edge: number): Float32Array {
  // A Gaussian over the mask is 1/2 at its edge and about 1 from two deviations on.
  const blurred = gaussianBlurMap(cv, { data: Float32Array.from(mask), shape: [height, width] }, edge / 2);
  return blurred.data.map((value, at) => {
    if (mask[at] === 0) return 0;
    const place = Math.min(Math.max((value - 0.5) / 0.45, 0), 1);
    return place * place * (3 - 2 * place);
  });
}

function boundsOf(mask: Uint8Array, width: number, height: number): { width: number; height: number } {
  let [left, right, top, bottom] = [width, -1, height, -1];
  mask.forEach((inside, at) => {
    if (inside === 0) return;
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  return { width: right - left + 1, height: bottom - top + 1 };
}
