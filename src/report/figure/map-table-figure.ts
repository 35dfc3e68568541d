import type { ColourScale } from '../../image/colour-map/colour-scale.js';
import type { Point } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Tensor } from '../../tensor/tensor.js';

/** Maps of one size as a table, such as models by groups, in one colour scale. */
export interface MapTableFigure {
  readonly title: string;
  /** A line under the title: what was averaged. */
  readonly subtitle?: string | undefined;
  /** One for each column, such as a group; names are wrapped. */
  readonly columns: readonly string[];
  readonly rows: readonly MapTableRow[];
  /** Lines over the maps without a photograph, in pixels of the maps, that tell where the face is. */
  readonly outline?: readonly (readonly Point[])[] | undefined;
  readonly colourMap: string;
  /** Of all maps. */
  readonly scale: ColourScale;
  /** What the colours stand for, in words. */
  readonly colourBarLabel: string;
  /** Weight of the colour over the photograph, 0 to 1. */
  readonly alpha: number;
  /** Pixels an inch; the figure is 8 inches wide. */
  readonly dpi: number;
}

export interface MapTableRow {
  /** Such as the model. */
  readonly label: string;
  /** One for each column; undefined where there is none. */
  readonly cells: readonly (MapTableCell | undefined)[];
}

export interface MapTableCell {
  /** Of shape [height, width]. */
  readonly map: Tensor;
  /** What the map lies on, of its size: a mean photograph. Without one it lies on a plain gray. */
  readonly photograph?: RasterImage | undefined;
  /** A line under it: "n = 24". */
  readonly caption?: string | undefined;
}
