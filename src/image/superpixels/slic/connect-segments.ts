import type { Segmentation } from '../segmentation.js';

/**
 * Makes every segment one 4-connected piece: pieces are numbered in the order of their first pixel; one of less than
 * `minimumSize` pixels joins the neighbour that was met last, and one of more than `maximumSize` is cut there.
 * As `_enforce_label_connectivity_cython` of scikit-image 0.19.
 *
 * @param labels any label a pixel, rows from the top
 */
export function connectSegments(
  labels: Int32Array,
  width: number,
  height: number,
  minimumSize: number,
  maximumSize: number,
): Segmentation {
  const pixels = width * height;
  const connected = new Int32Array(pixels).fill(-1);
  const piece = new Int32Array(Math.min(Math.max(maximumSize, 1), pixels));
  let next = 0;
  for (let start = 0; start < pixels; start++) {
    if (connected[start] >= 0) continue;
    const label = labels[start];
    let neighbour = next;
    let size = 1;
    connected[start] = next;
    piece[0] = start;
    for (let visited = 0; visited < size && size < maximumSize; visited++) {
      const pixel = piece[visited];
      const column = pixel % width;
      for (let side = 0; side < 4; side++) {
        let beside: number;
        if (side === 0) {
          if (column === width - 1) continue;
          beside = pixel + 1;
        } else if (side === 1) {
          if (column === 0) continue;
          beside = pixel - 1;
        } else {
          beside = side === 2 ? pixel + width : pixel - width;
          if (beside < 0 || beside >= pixels) continue;
        }
        if (connected[beside] === -1) {
          if (labels[beside] !== label) continue;
          connected[beside] = next;
          piece[size++] = beside;
          if (size >= maximumSize) break;
        } else if (connected[beside] !== next) {
          neighbour = connected[beside];
        }
      }
    }
    if (size < minimumSize) for (let i = 0; i < size; i++) connected[piece[i]] = neighbour;
    else next++;
  }
  // Where every piece was too small, all joined the first.
  return { width, height, labels: connected, count: Math.max(next, 1) };
}
