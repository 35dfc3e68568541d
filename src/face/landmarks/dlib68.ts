import type { Box, Point } from '../../image/geometry.js';
import { toGray } from '../../image/gray.js';
import type { LandmarkModel } from '../landmark-model.js';
import { similarityTransform } from '../similarity-transform.js';
import { predictShape, type InclusiveRectangle } from './dlib/predict-shape.js';
import type { ShapePredictor } from './dlib/shape-predictor.js';

/**
 * Landmarks by dlib's predictor on BT.601 gray. It was trained on the rectangles of dlib's own detector, which are
 * smaller and lower than those of others. A box from elsewhere is therefore used twice: the points that are found in the
 * square about its centre tell where dlib's rectangle would lie, and the points in that rectangle are the result.
 */
export function createDlib68(predictor: ShapePredictor): LandmarkModel {
  const meanShape: Point[] = Array.from({ length: predictor.parts }, (_, i) => [
    predictor.initialShape[2 * i],
    predictor.initialShape[2 * i + 1],
  ]);
  return {
    name: 'dlib68',
    landmarks(image, box, options = {}) {
      const gray = toGray(image);
      if (options.exact === true) return Promise.resolve(predictShape(predictor, gray, inclusive(box)));
      const first = predictShape(predictor, gray, squareAbout(box));
      return Promise.resolve(predictShape(predictor, gray, impliedRectangle(meanShape, first)));
    },
    close: () => Promise.resolve(),
  };
}

function inclusive({ x, y, width, height }: Box): InclusiveRectangle {
  return {
    left: Math.round(x),
    top: Math.round(y),
    right: Math.round(x + width) - 1,
    bottom: Math.round(y + height) - 1,
  };
}

function squareAbout({ x, y, width, height }: Box): InclusiveRectangle {
  return inclusive({ x: x + (width - height) / 2, y, width: height, height });
}

/** The upright square in which the mean shape would lie best over the points. */
function impliedRectangle(meanShape: readonly Point[], points: readonly Point[]): InclusiveRectangle {
  const [a, b, c, d, e, f] = similarityTransform(meanShape, points);
  const side = Math.hypot(a, d) + 1;
  const centreX = (a + b) / 2 + c + 0.5;
  const centreY = (d + e) / 2 + f + 0.5;
  return inclusive({ x: centreX - side / 2, y: centreY - side / 2, width: side, height: side });
}
