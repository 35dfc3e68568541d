import type { OpenCv } from '../../image/opencv.js';
import { type CoverMean, coverMean } from '../../perturb/occlusion/cover-mean.js';
import { footprintRuns } from '../../perturb/occlusion/footprint-runs.js';
import type { Occlusion } from '../../perturb/occlusion/occlusion.js';
import { compositeMap } from '../occlusion/composite-map.js';
import { figureCells, figureRegions } from '../occlusion/figure-parts.js';
import type { HeatmapLayers, Layer } from './layers.js';

/** An occlusion with the score of the image while it was hidden; NaN where there is no score. */
export interface Hidden extends Occlusion {
  readonly score: number;
}

/**
 * Heat maps whose every value lies on exactly the pixels that were hidden.
 *
 * @param cells all cells of the grid, with and without a score; they partition the image
 * @param regions those with a score
 * @param raw the value that is stored for a score
 * @param drawn the value that is drawn for a raw value
 */
export function footprintLayers(
  cv: OpenCv,
  { width, height }: { readonly width: number; readonly height: number },
  cells: readonly Hidden[],
  regions: readonly Hidden[],
  raw: (score: number) => number,
  drawn: (raw: number) => number,
): HeatmapLayers {
  const meanOf = (parts: readonly Hidden[]) =>
    coverMean(
      parts.map(({ footprint }) => footprintRuns(cv, footprint, width, height)),
      parts.map(({ score }) => raw(score)),
      width,
      height,
    );
  const value = ({ score }: Hidden) => drawn(raw(score));
  const grid = cells.length > 0 ? meanOf(cells) : undefined;
  const landmarks = regions.length > 0 ? meanOf(regions) : undefined;
  const figures: { grid?: Layer; landmarks?: Layer; combined?: Layer } = {};
  if (grid !== undefined) {
    figures.grid = { parts: { cells: figureCells(cells, value) }, drawn: cells.map(value) };
  }
  if (landmarks !== undefined) {
    figures.landmarks = { parts: { regions: figureRegions(regions, value) }, drawn: regions.map(value) };
  }
  const map = mapOf(grid, landmarks);
  if (grid !== undefined && landmarks !== undefined) {
    const shown = map.map(drawn);
    figures.combined = {
      parts: {
        map: { data: shown, shape: [height, width] },
        mapInterpolation: 'nearest',
        regions: figureRegions(regions),
      },
      drawn: shown,
    };
  }
  return {
    map,
    figures,
    shape: cells.length > 0 ? gridShape(cells) : null,
    cells: cells.filter(({ score }) => !Number.isNaN(score)).map(({ name, score }) => ({ name, score })),
    regions: regions.map(({ name, score, footprint }) => ({ name, score, footprint })),
  };
}

function mapOf(grid: CoverMean | undefined, landmarks: CoverMean | undefined): Float32Array {
  if (grid !== undefined && landmarks !== undefined) return compositeMap(grid, landmarks);
  const { data, cover } = (grid ?? landmarks)!;
  return data.map((value, at) => (cover[at] === 0 ? Number.NaN : value));
}

/** Rows and columns of a grid whose cells are named `r{row}_c{column}`. */
function gridShape(cells: readonly Occlusion[]): { rows: number; columns: number } {
  const indices = cells.map(({ name }) => /^r(\d+)_c(\d+)$/.exec(name)!.slice(1).map(Number));
  return {
    rows: 1 + Math.max(...indices.map(([row]) => row)),
    columns: 1 + Math.max(...indices.map(([, column]) => column)),
  };
}
