import { upstreamRegionBounds } from '../../face/upstream-regions.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import { coverMean } from '../../perturb/occlusion/cover-mean.js';
import { footprintRuns } from '../../perturb/occlusion/footprint-runs.js';
import { gridCells } from '../../perturb/occlusion/grid-cells.js';
import type { FigureRegion } from '../../report/figure/heatmap-figure.js';
import { figureCells } from '../occlusion/figure-parts.js';
import { type CellValue, type GridMatrix, gridMatrix } from '../occlusion/grid-matrix.js';
import type { HeatMapMode } from '../occlusion/heat-map-mode.js';
import { compositeMatrix, refineGrid, regionMatrix } from '../occlusion/upstream-matrix.js';
import type { HeatmapLayers, Layer } from './layers.js';
import type { RegionScore } from './plan-heatmaps.js';

/** Cells along each side where there is no grid. */
const cellsWithoutGrid = 8;

/**
 * The heat maps of occlusion_heatmaps_builder (b6d8c4c, systems.md 0.3): cells of the grid twice as fine, missing ones 0,
 * regions as the cells that the bounding box of their unscaled landmarks touches, differences without their sign.
 *
 * @param landmarks the 68 points; needed where there are regions
 */
export function upstreamLayers(
  cv: OpenCv,
  { width, height }: { readonly width: number; readonly height: number },
  scores: {
    readonly regular: number;
    readonly cells: readonly CellValue[];
    readonly regions: readonly RegionScore[];
  },
  landmarks: readonly Point[],
  mode: HeatMapMode,
): HeatmapLayers {
  const known = scores.regions.flatMap(({ name, value }) => {
    const bounds = upstreamRegionBounds(name, landmarks);
    return bounds === undefined ? [] : [{ name, bounds, value }];
  });
  const coarse = scores.cells.length > 0 ? withoutGaps(gridMatrix(scores.cells)) : undefined;
  const grid = coarse && refineGrid(coarse);
  const rows = grid?.rows ?? cellsWithoutGrid;
  const columns = grid?.columns ?? cellsWithoutGrid;
  const regions = known.length > 0 ? regionMatrix(known, rows, columns, width, height) : undefined;

  const cells = gridCells(width, height, rows, columns);
  const runs = cells.map(({ footprint }) => footprintRuns(cv, footprint, width, height));
  const inMode = (score: number) => (mode === 'diff' ? Math.abs(score - scores.regular) : score);
  const layer = (matrix: GridMatrix, outlines: readonly FigureRegion[]): Layer => {
    const drawn = matrix.values.map(inMode);
    const values = new Map(cells.map((cell, at) => [cell, drawn[at]]));
    return { parts: { cells: figureCells(cells, (cell) => values.get(cell)!), regions: outlines }, drawn };
  };
  const outlines = known.map(({ name, bounds }): FigureRegion => ({ name, footprint: bounds }));
  const figures: { grid?: Layer; landmarks?: Layer; combined?: Layer } = {};
  if (grid !== undefined) figures.grid = layer(grid, []);
  if (regions !== undefined) figures.landmarks = layer(withoutZeros(regions), outlines);
  if (grid !== undefined && regions !== undefined) {
    figures.combined = layer(compositeMatrix(grid, regions), outlines);
  }
  const { drawn } = (figures.combined ?? figures.grid ?? figures.landmarks)!;
  const { data, cover } = coverMean(runs, drawn, width, height);
  return {
    map: data.map((value, at) => (cover[at] === 0 ? Number.NaN : value)),
    figures,
    shape: coarse === undefined ? null : { rows: coarse.rows, columns: coarse.columns },
    cells: Array.from(coarse?.values ?? [], (score, at) => ({
      name: `r${Math.floor(at / coarse!.columns)}_c${at % coarse!.columns}`,
      score,
    })),
    regions: known.map(({ name, bounds, value }) => {
      const touched = regionMatrix([{ bounds, value }], rows, columns, width, height).values;
      const boxes = cells.flatMap(({ footprint }, at) =>
        Number.isNaN(touched[at]) || footprint.shape !== 'boxes' ? [] : footprint.boxes,
      );
      return { name, score: value, footprint: { shape: 'boxes', boxes } };
    }),
  };
}

function withoutGaps(matrix: GridMatrix): GridMatrix {
  return { ...matrix, values: matrix.values.map((value) => (Number.isNaN(value) ? 0 : value)) };
}

/** As upstream, a region with a score of exactly 0 is not drawn. */
function withoutZeros(matrix: GridMatrix): GridMatrix {
  return { ...matrix, values: matrix.values.map((value) => (value === 0 ? Number.NaN : value)) };
}
