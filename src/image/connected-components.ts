import type { Box, Point } from './geometry.js';
import { withMats } from './mats.js';
import type { OpenCv } from './opencv.js';

/** Pixels of a mask that touch each other, corners included. */
export interface Component {
  /** Half-open. */
  readonly box: Box;
  /** Pixels. */
  readonly area: number;
  /** Mean of the pixels' [x, y]. */
  readonly centroid: Point;
}

export interface ConnectedComponents {
  /** 0 outside of the mask; else 1 + the index of the pixel's component. */
  readonly labels: Int32Array;
  /** In the order of their first pixels, rows from the top: the order of `skimage.measure.label`. */
  readonly components: readonly Component[];
}

/**
 * The 8-connected components of a mask (`cv.connectedComponentsWithStats`, numbered as scikit-image does).
 *
 * @param mask not 0: belongs to it; `width * height` values
 */
export function connectedComponents(
  cv: OpenCv,
  mask: Uint8Array,
  width: number,
  height: number,
): ConnectedComponents {
  if (mask.length !== width * height) throw new RangeError('The mask and its size differ.');
  return withMats(cv, (own) => {
    const image = own(new cv.Mat(height, width, cv.CV_8UC1));
    image.data.set(mask);
    const [found, stats, centroids] = [own(new cv.Mat()), own(new cv.Mat()), own(new cv.Mat())];
    const count = cv.connectedComponentsWithStats(image, found, stats, centroids, 8, cv.CV_32S as number);

    // OpenCV works on blocks of pixels, so its numbers are nearly, but not always, in the order of the first pixels.
    const numbers = new Int32Array(count);
    const components: Component[] = [];
    const labels = new Int32Array(found.data32S);
    for (let pixel = 0; pixel < labels.length; pixel++) {
      const label = labels[pixel];
      if (label === 0) continue;
      if (numbers[label] === 0) {
        const [x, y, wide, high, area] = stats.data32S.subarray(5 * label, 5 * label + 5);
        const [centreX, centreY] = centroids.data64F.subarray(2 * label, 2 * label + 2);
        components.push({ box: { x, y, width: wide, height: high }, area, centroid: [centreX, centreY] });
        numbers[label] = components.length;
      }
      labels[pixel] = numbers[label];
    }
    return { labels, components };
  });
}
