import type { ColourScale } from '../../image/colour-map/colour-scale.js';
import type { Box, Point } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Tensor } from '../../tensor/tensor.js';

/**
 * What a heat map figure shows. A plain object that can be posted to a worker thread.
 *
 * | figure    | give                                                       |
 * |-----------|------------------------------------------------------------|
 * | grid      | `cells`                                                    |
 * | landmark  | `regions`, each with its value                             |
 * | composite | `cells`, and `regions` without values (outlines and names) |
 * | saliency  | `map`                                                      |
 */
export interface HeatmapFigure {
  readonly title: string;
  /** A line under the title: what was averaged, which model, which file. */
  readonly subtitle?: string;
  /** The number of images of a mean map; it is written beside the title. */
  readonly count?: number;
  /** The photograph that was explained; only its size for a figure that must not show a face. */
  readonly photograph: RasterImage | { readonly width: number; readonly height: number };
  /**
   * Whether the photograph keeps its colours under the map. Without them a hue in the figure can only come
   * from the colour map.
   * @default 'gray'
   */
  readonly photographColours?: 'gray' | 'original';
  readonly cells?: FigureCells;
  readonly regions?: readonly FigureRegion[];
  /** A continuous map of shape [height, width]; enlarged to the photograph's size where it is smaller. */
  readonly map?: Tensor;
  /** How a map is enlarged; `nearest` keeps the edges of one that is constant over areas. @default 'linear' */
  readonly mapInterpolation?: 'linear' | 'nearest';
  /** A name of `colourMap`. @default 'hot' */
  readonly colourMap?: string;
  /** The values at the two ends of the colour bar and of the colour map: both use this one scale. */
  readonly scale: ColourScale;
  /** What the colours stand for, in words: "P(bona fide) when occluded (0 = morph, 1 = bona fide)". */
  readonly colourBarLabel: string;
  /** Weight of the colour over the photograph, 0 to 1. @default 0.6 */
  readonly alpha?: number;
  /** Pixels an inch; the figure is 8 inches wide. @default 200 (1600 pixels) */
  readonly dpi?: number;
}

/** A grid of values over the photograph. */
export interface FigureCells {
  /** Where the rows begin and end, in pixels of the photograph, as they were occluded: rows + 1 numbers. */
  readonly rowEdges: readonly number[];
  /** Where the columns begin and end: columns + 1 numbers. */
  readonly columnEdges: readonly number[];
  /** rows * columns values, row by row; a cell that is NaN is not drawn. */
  readonly values: ArrayLike<number>;
}

/** A region of the face as it was occluded. */
export interface FigureRegion {
  /** The region's name, `left_eye`; drawn as "Left Eye". */
  readonly name: string;
  /**
   * The pixels of the photograph that were covered: a polygon (even-odd rule, boundary pixels included, as
   * `fillPolygon` fills it) or a box.
   */
  readonly footprint: readonly Point[] | Box;
  /** Fills the footprint with the value's colour; a region without a value is only outlined. */
  readonly value?: number;
}
