import type { Segmentation } from '../image/superpixels/segmentation.js';
import { Problem } from '../problem.js';

/**
 * @param input size of the network's input.
 * @throws Problem where a segmentation has another size, or only one segment.
 */
export function checkSegments(
  { width, height, count }: Segmentation,
  input: { readonly width: number; readonly height: number },
): void {
  if (width !== input.width || height !== input.height) {
    throw new Problem(
      `segmentation of ${width} x ${height}`,
      `does not fit the network's input of ${input.width} x ${input.height}`,
      'segment the image at the size that the network takes',
    );
  }
  if (count < 2) {
    throw new Problem(
      'segmentation',
      'the whole image is one segment, so there is nothing to compare',
      'ask for more segments, or use --segmentation grid',
    );
  }
}
