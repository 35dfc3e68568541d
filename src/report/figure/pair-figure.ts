import type { ColourScale } from '../../image/colour-map/colour-scale.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Tensor } from '../../tensor/tensor.js';

/** What a figure of two faces shows: a row for each, with its photograph and its maps. */
export interface PairFigure {
  readonly title: string;
  /** What was decided, and how sure that is. */
  readonly lines: readonly string[];
  readonly rows: readonly PairFigureRow[];
  /** The kinds of maps, one a column; their scales hold for all rows. */
  readonly columns: readonly PairFigureColumn[];
  /** Weight of the colour over the photograph, 0 to 1. */
  readonly alpha: number;
  /** Pixels an inch; the figure is 8 inches wide. */
  readonly dpi: number;
}

export interface PairFigureRow {
  readonly label: string;
  /** Only its size where a face must not be shown. */
  readonly photograph: RasterImage | { readonly width: number; readonly height: number };
  /** Maps of shape [height, width], as many as there are columns. */
  readonly maps: readonly Tensor[];
}

export interface PairFigureColumn {
  readonly label: string;
  readonly colourMap: string;
  readonly scale: ColourScale;
}
