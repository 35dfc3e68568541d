import type { Point } from '../../image/geometry.js';

/**
 * The 68 iBUG landmarks of the canonical face, in pixels of 224 x 275; symmetric about x = 111.5.
 *
 * They are the mean shape of people, not of a model: the generalised Procrustes mean (similarities only) of the points
 * that `fr68` finds on the 66 neutral photographs of the Face Research Lab London Set (DeBruine and Jones 2017,
 * doi:10.6084/m9.figshare.5047666, CC BY 4.0), averaged with its mirror image. The eyes are 86 pixels apart and the chin
 * lies at y = 258, so that the face is about as wide as in TFG-LIME and all of it, forehead and chin, is in the picture.
 * TFG-LIME takes dlib's mean shape in a box of 224 x 250 pixels: that is stretched by a tenth, its chin lies 18 pixels
 * below the picture, and the data that it was trained on are not free for every use.
 */
// prettier-ignore
export const canonicalLandmarks: readonly Point[] = [
  [16.2, 111.5], [17.2, 136.2], [20.9, 160.8], [25.2, 185.5], [32.7, 208.7], [46.4, 228], [64.7, 243.2],
  [86.2, 254.9], [111.5, 258], [136.8, 254.9], [158.3, 243.2], [176.6, 228], [190.3, 208.7], [197.8, 185.5],
  [202.1, 160.8], [205.8, 136.2], [206.8, 111.5], [32.4, 91.9], [43.5, 79], [61, 74.6], [79.1, 76.7], [96, 83.9],
  [127, 83.9], [143.9, 76.7], [162, 74.6], [179.5, 79], [190.6, 91.9], [111.5, 103.1], [111.5, 118.3],
  [111.5, 133.3], [111.5, 148.8], [93.2, 162.6], [101.9, 165.2], [111.5, 167.5], [121.1, 165.2], [129.8, 162.6],
  [52.1, 107.3], [62.2, 100.5], [75.4, 100.6], [85.9, 109.8], [74.3, 112.1], [61.3, 111.9], [137.1, 109.8],
  [147.6, 100.6], [160.8, 100.5], [170.9, 107.3], [161.7, 111.9], [148.7, 112.1], [78.9, 198.2], [91.2, 190.4],
  [103.1, 186.1], [111.5, 188.3], [119.9, 186.1], [131.8, 190.4], [144.1, 198.2], [132.1, 205.8], [120.4, 208.3],
  [111.5, 209.1], [102.6, 208.3], [90.9, 205.8], [84.6, 197.9], [103.1, 195.1], [111.5, 196.1], [119.9, 195.1],
  [138.4, 197.9], [119.9, 197.1], [111.5, 197.7], [103.1, 197.1],
];
