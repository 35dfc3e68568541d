import type { RasterImage } from '../../image/raster-image.js';
import type { HeatmapFigure } from '../../report/figure/heatmap-figure.js';
import { renderHeatmapFigure } from '../../report/figure/render-heatmap-figure.js';
import { figureCells, figureRegions } from '../occlusion/figure-parts.js';
import { mapScale } from './map-scale.js';
import type { ViewExplanation } from './explain-view.js';
import type { ImageMethod } from './image-method.js';
import { wordings } from './wording.js';

/** How the figures of a study are drawn. */
export interface FigureSettings {
  readonly colormap: string;
  readonly alpha: number;
  readonly dpi: number;
  /** Whether photographs may be shown. */
  readonly photos: boolean;
}

/** The overlay of one explanation as PNG: cells with their values for a grid, regions, or a continuous map. */
export function explanationFigure(
  method: ImageMethod['name'],
  title: string,
  view: RasterImage,
  { map, places, regions, segmentation }: ViewExplanation,
  { colormap, alpha, dpi, photos }: FigureSettings,
): Promise<Uint8Array> {
  const { target, targetValue } = map.provenance;
  const cells = places.filter(({ kind }) => kind === 'grid');
  const shown: Partial<Pick<HeatmapFigure, 'map' | 'cells' | 'regions'>> =
    cells.length > 0
      ? { cells: figureCells(cells, ({ effect }) => effect) }
      : places.length > 0 || regions.length === 0
        ? { map: { data: map.data, shape: [map.height, map.width] } }
        : { regions: figureRegions(regions, ({ effect }) => effect) };
  const drawn = cells.length > 0 ? cells.map(({ effect }) => effect) : map.data;
  return renderHeatmapFigure({
    title,
    subtitle: `${target}: ${targetValue.toPrecision(4)} as it is`,
    photograph: photos ? view : { width: view.width, height: view.height },
    ...shown,
    // Segments have edges.
    mapInterpolation: segmentation === undefined ? 'linear' : 'nearest',
    colourMap: colormap,
    scale: mapScale(colormap, drawn),
    colourBarLabel: wordings[method].values(target),
    alpha,
    dpi,
  });
}
