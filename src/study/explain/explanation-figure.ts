import type { RasterImage } from '../../image/raster-image.js';
import type { HeatmapFigure } from '../../report/figure/heatmap-figure.js';
import { renderHeatmapFigure } from '../../report/figure/render-heatmap-figure.js';
import { figureCells, figureRegions } from '../occlusion/figure-parts.js';
import { mapScale } from './map-scale.js';
import type { ViewExplanation } from './explain-view.js';

/** How the figures of a study are drawn. */
export interface FigureSettings {
  readonly colormap: string;
  readonly alpha: number;
  readonly dpi: number;
  /** Whether photographs may be shown. */
  readonly photos: boolean;
}

/** The overlay of one explanation as PNG: a continuous map for windows, cells with their values for a grid. */
export function explanationFigure(
  title: string,
  view: RasterImage,
  { map, places, regions }: ViewExplanation,
  { colormap, alpha, dpi, photos }: FigureSettings,
): Promise<Uint8Array> {
  const { target, targetValue } = map.provenance;
  const cells = places.filter(({ kind }) => kind === 'grid');
  const shown: Partial<Pick<HeatmapFigure, 'map' | 'cells' | 'regions'>> =
    cells.length > 0
      ? { cells: figureCells(cells, ({ effect }) => effect) }
      : places.length > 0
        ? { map: { data: map.data, shape: [map.height, map.width] } }
        : { regions: figureRegions(regions, ({ effect }) => effect) };
  const drawn = cells.length > 0 ? cells.map(({ effect }) => effect) : map.data;
  return renderHeatmapFigure({
    title,
    subtitle: `${target}: ${targetValue.toPrecision(4)} as it is`,
    photograph: photos ? view : { width: view.width, height: view.height },
    ...shown,
    colourMap: colormap,
    scale: mapScale(colormap, drawn),
    colourBarLabel: `fall of the ${target} when hidden (below 0: it rises)`,
    alpha,
    dpi,
  });
}
