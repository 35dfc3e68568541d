import type { Point } from '../image/geometry.js';
import type { FivePoints } from './face.js';

/** Five points from the 68 iBUG landmarks: the means of the eyes, the tip of the nose (30), the mouth's corners (48, 54). */
export function fivePoints(landmarks: readonly Point[]): FivePoints {
  return {
    leftEye: mean(landmarks.slice(42, 48)),
    rightEye: mean(landmarks.slice(36, 42)),
    nose: landmarks[30],
    mouthLeft: landmarks[54],
    mouthRight: landmarks[48],
  };
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
