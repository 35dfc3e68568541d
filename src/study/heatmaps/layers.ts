import type { HeatmapFigure } from '../../report/figure/heatmap-figure.js';
import type { Footprint } from '../../perturb/occlusion/occlusion.js';
import type { FigureKind } from './figure-kinds.js';

/** What one figure shows over the photograph. */
export interface Layer {
  readonly parts: Pick<HeatmapFigure, 'cells' | 'regions' | 'map' | 'mapInterpolation'>;
  /** Every value that is drawn. */
  readonly drawn: ArrayLike<number> & Iterable<number>;
}

/** A cell of the grid with its score. */
interface ScoredCell {
  readonly name: string;
  readonly score: number;
}

/** A region with its score and the pixels that it stands for. */
export interface ScoredRegion extends ScoredCell {
  readonly footprint: Footprint;
}

/** The heat maps of one image. */
export interface HeatmapLayers {
  /** Raw signed values in image coordinates, composite where there are cells and regions; NaN where there is none. */
  readonly map: Float32Array;
  readonly figures: Readonly<Partial<Record<FigureKind, Layer>>>;
  /** Shape of the grid. */
  readonly shape: { readonly rows: number; readonly columns: number } | null;
  readonly cells: readonly ScoredCell[];
  readonly regions: readonly ScoredRegion[];
}
