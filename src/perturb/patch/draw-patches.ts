import type { Box } from '../../image/geometry.js';
import { Problem } from '../../problem.js';
import type { RandomState } from '../../tensor/random.js';

export interface PatchOptions {
  /** Patches in an image. @default 27 */
  readonly count?: number | undefined;
  /** Side of the square patches in pixels. @default 16 */
  readonly size?: number | undefined;
  /**
   * `upstream`: the places of PatchLFW, which leave out the last row and column of the image; for square images only.
   * By default every place where a patch fits has the same chance.
   */
  readonly compat?: 'upstream' | undefined;
}

/**
 * The places of square patches, drawn with replacement, so they may overlap: PatchLFW (Huber et al., "Efficient
 * explainable face verification based on similarity score argument backpropagation", WACV 2024), where 27 patches of
 * 16x16 cover some 40 % of a 112x112 crop. All columns are drawn first, then all rows, as in its code.
 *
 * @param image size of the image in pixels.
 * @throws Problem where a patch does not fit into the image
 */
export function drawPatches(
  random: RandomState,
  image: { readonly width: number; readonly height: number },
  { count = 27, size = 16, compat }: PatchOptions = {},
): Box[] {
  const { width, height } = image;
  const upstream = compat === 'upstream';
  const smallest = upstream ? size + 1 : size;
  if (width < smallest || height < smallest) {
    throw new Problem(
      `patch of ${size}x${size}`,
      `does not fit into an image of ${width}x${height}`,
      `choose a patch size of at most ${Math.min(width, height) - smallest + size}`,
    );
  }
  if (upstream && width !== height) {
    throw new Problem(
      `image of ${width}x${height}`,
      "has no places by upstream's rule, which is for square images",
      'leave out --compat upstream',
    );
  }
  const columns = random.integers(0, width - smallest + 1, count);
  // Upstream draws the row below the patch, which takes the same numbers from the stream.
  const rows = random.integers(0, height - smallest + 1, count);
  return Array.from(columns, (x, patch) => ({ x, y: rows[patch], width: size, height: size }));
}
