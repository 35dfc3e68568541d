import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { loadOpenCv } from '../../image/opencv.js';
import { type CoverMean, coverMean } from '../../perturb/occlusion/cover-mean.js';
import { footprintRuns } from '../../perturb/occlusion/footprint-runs.js';
import { gridCells } from '../../perturb/occlusion/grid-cells.js';
import type { HeatmapFigure } from '../../report/figure/heatmap-figure.js';
import { renderHeatmapFigure } from '../../report/figure/render-heatmap-figure.js';
import { encodeNpy } from '../../tensor/npy.js';
import type { FigureSettings } from '../explain/explanation-figure.js';
import { compositeMap } from '../occlusion/composite-map.js';
import { figureCells } from '../occlusion/figure-parts.js';
import { rawValue } from '../occlusion/heat-map-mode.js';
import type { ClassAverages } from '../occlusion/occlusion-averages.js';
import { fileName } from '../output-name.js';
import { displayOf, type DisplayRequest } from './display.js';
import { type FigureKind, figureKinds, figureTitles } from './figure-kinds.js';
import type { FinishedImage } from './finished-images.js';
import { meanPhotograph } from './mean-photograph.js';
import { RegionMean, regionsOnCanvas } from './region-mean.js';

/** The longer side of an average, in pixels. */
const longestSide = 512;

export interface AverageRequest {
  readonly folder: string;
  readonly display: DisplayRequest;
  readonly figure: FigureSettings;
  readonly images: () => Iterable<FinishedImage>;
  /** Where the photograph of an image lies. */
  readonly fileOf: (name: string) => string;
  /** All images together, then each class. */
  readonly averages: readonly ClassAverages[];
}

/** What was drawn for one group, as paths below the run's folder, and how many images it is of. */
export interface AverageFigures {
  readonly group: string | undefined;
  readonly figures: readonly {
    readonly kind: FigureKind;
    readonly n: number;
    readonly png: string;
    readonly npy: string;
  }[];
}

/**
 * Draws the mean heat maps of all images and of each class over the mean of their photographs. A difference is averaged
 * without its sign, unless the colour map shows signs; `--compat upstream` draws the difference of the means.
 *
 * @returns the figures, and what had to be left out
 */
export async function drawAverages(
  request: AverageRequest,
): Promise<{ groups: AverageFigures[]; notes: string[] }> {
  const cv = await loadOpenCv();
  const { folder, figure, images, averages } = request;
  const { mode, compat } = request.display;
  const display = displayOf(request.display);
  const notes: string[] = [];
  const { canvas, shape, otherShapes } = commonForm(images());
  if (otherShapes > 0) {
    notes.push(
      `${otherShapes} images have another grid than ${shape!.rows} x ${shape!.columns}: no average grid is drawn`,
    );
  }
  const groups: AverageFigures[] = [];
  for (const { label: group, occlusions } of averages) {
    const regionMean = new RegionMean(canvas.width, canvas.height);
    const files: string[] = [];
    const counts = { grid: 0, landmarks: 0, combined: 0 };
    for (const { name, result } of images()) {
      if (group !== undefined && result.class !== group) continue;
      const { regular, regions } = result;
      files.push(request.fileOf(name));
      if (result.shape !== null) counts.grid++;
      if (regions.length > 0) counts.landmarks++;
      if (result.shape !== null && regions.length > 0) counts.combined++;
      if (regions.length === 0) continue;
      const value = (score: number) => {
        const raw = rawValue(score, regular, mode);
        // The difference of the means is the mean of the signed differences.
        return compat === 'upstream' ? raw : display.value(raw);
      };
      regionMean.add(regionsOnCanvas(cv, result, canvas, value));
      // Other threads' events, Ctrl-C for one, are heard between two images.
      await setImmediate();
    }
    const shown = (value: number) => (compat === 'upstream' ? display.value(value) : value);

    const means = new Map(
      occlusions.map((each): [string, number] => [
        each.name,
        mode === 'occluded'
          ? each.meanOccluded
          : display.signed
            ? each.meanEffect
            : compat === 'upstream'
              ? Math.abs(each.meanEffect)
              : each.meanAbsoluteEffect,
      ]),
    );
    const cells =
      counts.grid > 0 && shape !== undefined && otherShapes === 0
        ? gridCells(canvas.width, canvas.height, shape.rows, shape.columns)
        : [];
    const cellValue = ({ name }: { readonly name: string }) => means.get(name) ?? Number.NaN;
    const grid =
      cells.length === 0
        ? undefined
        : coverMean(
            cells.map(({ footprint }) => footprintRuns(cv, footprint, canvas.width, canvas.height)),
            cells.map(cellValue),
            canvas.width,
            canvas.height,
          );
    const averaged = counts.landmarks > 0 ? regionMean.result() : undefined;
    const landmarks = averaged && { ...averaged, data: averaged.data.map(shown) };
    if (landmarks?.cover.every((count) => count === 0)) {
      notes.push(
        `${group ?? 'all images'}: no pixel is hidden in half of the images: no average of regions is drawn`,
      );
    }
    const maps: Partial<Record<FigureKind, Float32Array>> = {
      ...(grid === undefined ? {} : { grid: withGaps(grid) }),
      ...(landmarks === undefined ? {} : { landmarks: withGaps(landmarks) }),
      ...(grid === undefined || landmarks === undefined ? {} : { combined: compositeMap(grid, landmarks) }),
    };
    const photograph = figure.photos ? await meanPhotograph(cv, files, canvas) : canvas;
    const figures: AverageFigures['figures'][number][] = [];
    for (const kind of figureKinds) {
      const map = maps[kind];
      if (map === undefined || map.every(Number.isNaN)) continue;
      const parts: Pick<HeatmapFigure, 'cells' | 'map' | 'mapInterpolation'> =
        kind === 'grid'
          ? { cells: figureCells(cells, cellValue) }
          : { map: { data: map, shape: [canvas.height, canvas.width] }, mapInterpolation: 'nearest' };
      const base = `${kind}/average_heatmap${group === undefined ? '' : `_${fileName(group)}`}`;
      const png = await renderHeatmapFigure({
        title: `Average ${figureTitles[kind]}`,
        subtitle: group === undefined ? 'all images' : `class: ${group}`,
        count: counts[kind],
        photograph,
        ...parts,
        colourMap: figure.colormap,
        scale: display.scale(kind === 'grid' ? cells.map(cellValue) : map),
        colourBarLabel: averageLabel(request.display),
        alpha: figure.alpha,
        dpi: figure.dpi,
      });
      await writeFileAtomic(join(folder, `${base}.png`), png);
      const { width, height } = canvas;
      await writeFileAtomic(join(folder, `${base}.npy`), encodeNpy({ data: map, shape: [height, width] }));
      figures.push({ kind, n: counts[kind], png: `${base}.png`, npy: `${base}.npy` });
    }
    groups.push({ group, figures });
  }
  return { groups, notes };
}

/** What an average is, in words. */
function averageLabel(request: DisplayRequest): string {
  const { label, signed } = displayOf(request);
  if (request.mode === 'occluded' || signed) return `mean ${label}`;
  return request.compat === 'upstream'
    ? `${label}, of the mean scores (signs cancel)`
    : `mean absolute ${label}`;
}

function withGaps({ data, cover }: CoverMean): Float32Array {
  return data.map((value, at) => (cover[at] === 0 ? Number.NaN : value));
}

/** The commonest size of the images, reduced to at most 512 pixels, and the commonest shape of their grids. */
function commonForm(images: Iterable<FinishedImage>) {
  const sizes = new Map<string, number>();
  const shapes = new Map<string, number>();
  const count = (counts: Map<string, number>, a: number, b: number) => {
    counts.set(`${a}x${b}`, (counts.get(`${a}x${b}`) ?? 0) + 1);
  };
  for (const { result } of images) {
    count(sizes, result.width, result.height);
    if (result.shape !== null) count(shapes, result.shape.rows, result.shape.columns);
  }
  const [width, height] = commonest(sizes)!;
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const reduced = (length: number) => Math.max(1, Math.round(length * scale));
  const shape = commonest(shapes);
  let otherShapes = 0;
  for (const [text, number] of shapes) if (text !== shape?.join('x')) otherShapes += number;
  return {
    canvas: { width: reduced(width), height: reduced(height) },
    shape: shape && { rows: shape[0], columns: shape[1] },
    otherShapes,
  };
}

/** The pair that was counted most often; of equals the one that came first. */
function commonest(counts: ReadonlyMap<string, number>): [number, number] | undefined {
  const first = [...counts].sort(([, a], [, b]) => b - a).at(0);
  return first === undefined ? undefined : (first[0].split('x').map(Number) as [number, number]);
}
