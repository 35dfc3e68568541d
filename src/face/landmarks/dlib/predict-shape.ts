import type { Point } from '../../../image/geometry.js';
import type { RasterImage } from '../../../image/raster-image.js';
import { similarityTransform } from '../../similarity-transform.js';
import type { ShapePredictor } from './shape-predictor.js';

/** dlib's rectangle: integer pixels, all four inclusive, so its width is right - left + 1. */
export interface InclusiveRectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The landmarks of the face in `rectangle`, in whole pixels, which may lie outside the image.
 * Follows `shape_predictor::operator()` of dlib 19.24 in arithmetic too: shapes and gray values in float32, transforms
 * in float64, rounding by floor(x + 0.5); pixels outside the image count as 0.
 *
 * @param gray one channel
 */
export function predictShape(
  predictor: ShapePredictor,
  gray: RasterImage,
  rectangle: InclusiveRectangle,
): Point[] {
  const { parts, cascades, trees, splits, pixels, initialShape, leaves, first, second, threshold } =
    predictor;
  const { left, top } = rectangle;
  const spanX = rectangle.right - left;
  const spanY = rectangle.bottom - top;
  const coordinates = parts * 2;
  const shape = new Float32Array(initialShape);
  const values = new Float32Array(pixels);
  const from = points(initialShape);

  for (let cascade = 0; cascade < cascades; cascade++) {
    lookUp(cascade);
    for (let tree = cascade * trees; tree < (cascade + 1) * trees; tree++) {
      const nodes = tree * splits;
      let node = 0;
      while (node < splits) {
        const at = nodes + node;
        const difference = Math.fround(values[first[at]] - values[second[at]]);
        node = 2 * node + (difference > threshold[at] ? 1 : 2);
      }
      const leaf = (nodes + tree + node - splits) * coordinates;
      for (let i = 0; i < coordinates; i++) shape[i] = shape[i] + leaves[leaf + i];
    }
  }
  return points(shape).map(([x, y]) => [
    Math.floor(spanX * x + left + 0.5),
    Math.floor(spanY * y + top + 0.5),
  ]);

  /** The gray values at the cascade's pixels, carried along with the shape. */
  function lookUp(cascade: number): void {
    const transform = similarityTransform(from, points(shape));
    const [a, b, , d, e] = transform.map(Math.fround) as unknown as typeof transform;
    const { fround, floor } = Math;
    for (let i = 0; i < pixels; i++) {
      const pixel = cascade * pixels + i;
      const dx = predictor.delta[2 * pixel];
      const dy = predictor.delta[2 * pixel + 1];
      const anchor = 2 * predictor.anchor[pixel];
      const x = fround(fround(fround(a * dx) + fround(b * dy)) + shape[anchor]);
      const y = fround(fround(fround(d * dx) + fround(e * dy)) + shape[anchor + 1]);
      const column = floor(spanX * x + left + 0.5);
      const row = floor(spanY * y + top + 0.5);
      const inside = column >= 0 && row >= 0 && column < gray.width && row < gray.height;
      values[i] = inside ? gray.data[row * gray.width + column] : 0;
    }
  }
}

function points(shape: Float32Array): Point[] {
  return Array.from({ length: shape.length / 2 }, (_, i) => [shape[2 * i], shape[2 * i + 1]]);
}
