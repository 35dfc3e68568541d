import type { AffineMatrix, Point } from '../image/geometry.js';
import { arcfaceTemplate } from './arcface-template.js';
import type { FivePoints } from './face.js';
import { similarityTransform } from './similarity-transform.js';

/** The similarity that takes pixels of the photograph to pixels of an ArcFace crop of the given size. */
export function alignmentMatrix(points: FivePoints, width: number, height: number): AffineMatrix {
  return similarityTransform(inOrder(points), inOrder(arcfaceTemplate(width, height)));
}

function inOrder({ leftEye, rightEye, nose, mouthLeft, mouthRight }: FivePoints): Point[] {
  return [leftEye, rightEye, nose, mouthLeft, mouthRight];
}
