import type { Point } from '../../src/image/geometry.js';

/** Mean frontal face: the mean of dlib's points on 12 neutral faces, unit: distance of the eyes, origin between them. */
// prettier-ignore
const frontal: readonly Point[] = [
  [-1.13, 0.06], [-1.11, 0.36], [-1.07, 0.65], [-1.02, 0.95], [-0.94, 1.23], [-0.78, 1.47], [-0.55, 1.66],
  [-0.29, 1.79], [0.01, 1.84], [0.32, 1.8], [0.59, 1.67], [0.81, 1.48], [0.96, 1.25], [1.05, 0.97],
  [1.1, 0.68], [1.14, 0.38], [1.16, 0.08], [-0.95, -0.21], [-0.81, -0.37], [-0.61, -0.42], [-0.4, -0.39],
  [-0.2, -0.31], [0.19, -0.31], [0.4, -0.39], [0.61, -0.42], [0.82, -0.36], [0.96, -0.2], [0.0, -0.07],
  [0.0, 0.11], [0.0, 0.28], [0.0, 0.46], [-0.2, 0.65], [-0.1, 0.68], [0.0, 0.7], [0.11, 0.68], [0.2, 0.65],
  [-0.7, 0.01], [-0.58, -0.08], [-0.42, -0.08], [-0.29, 0.02], [-0.43, 0.06], [-0.58, 0.06], [0.29, 0.02],
  [0.42, -0.08], [0.58, -0.08], [0.7, 0.01], [0.59, 0.06], [0.43, 0.06], [-0.39, 1.08], [-0.24, 0.98],
  [-0.1, 0.92], [0.0, 0.94], [0.11, 0.92], [0.26, 0.97], [0.4, 1.08], [0.26, 1.16], [0.12, 1.2],
  [0.01, 1.21], [-0.1, 1.2], [-0.24, 1.17], [-0.31, 1.08], [-0.1, 1.04], [0.0, 1.04], [0.11, 1.03],
  [0.33, 1.07], [0.11, 1.05], [0.01, 1.06], [-0.1, 1.05],
];

/** 68 landmarks of a frontal face, 100 pixels between the eyes, whose middle lies at `origin`. */
export function frontalLandmarks(origin: Point = [200, 150]): Point[] {
  return frontal.map(([x, y]) => [origin[0] + 100 * x, origin[1] + 100 * y]);
}

/** The landmark that each landmark becomes in the mirror image (the iBUG permutation). */
const mirrored: readonly number[] = [
  [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  [26, 25, 24, 23, 22, 21, 20, 19, 18, 17],
  [27, 28, 29, 30],
  [35, 34, 33, 32, 31],
  [45, 44, 43, 42, 47, 46],
  [39, 38, 37, 36, 41, 40],
  [54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55],
  [64, 63, 62, 61, 60, 67, 66, 65],
].flat();

/** The landmarks of the mirror image of a photograph of the given width. */
export function mirrorLandmarks(landmarks: readonly Point[], width: number): Point[] {
  return mirrored.map((index) => [width - 1 - landmarks[index][0], landmarks[index][1]]);
}
