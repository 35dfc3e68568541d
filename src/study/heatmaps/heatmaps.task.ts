import { decodeImage } from '../../dataset/decode-image.js';
import { outputPath } from '../../dataset/output-path.js';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { rangeScale } from '../../image/colour-map/colour-scale.js';
import { isRegionName } from '../../face/regions.js';
import type { Point } from '../../image/geometry.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { JournalPlace } from '../../jobs/run/journal-index.js';
import type { Task } from '../../jobs/task.js';
import { gridCells } from '../../perturb/occlusion/grid-cells.js';
import type { Occlusion } from '../../perturb/occlusion/occlusion.js';
import { regionOcclusions } from '../../perturb/occlusion/region-occlusions.js';
import { Problem } from '../../problem.js';
import { renderHeatmapFigure } from '../../report/figure/render-heatmap-figure.js';
import { encodeNpy } from '../../tensor/npy.js';
import type { FigureSettings } from '../explain/explanation-figure.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import { rawValue } from '../occlusion/heat-map-mode.js';
import { displayOf, type DisplayRequest } from './display.js';
import { type FigureKind, figureKinds, figureTitles } from './figure-kinds.js';
import { footprintLayers, type Hidden } from './footprint-layers.js';
import type { HeatmapLayers } from './layers.js';
import type { HeatmapItem } from './plan-heatmaps.js';
import { readRecorded } from './recorded-footprints.js';
import { upstreamLayers } from './upstream-layers.js';

export interface HeatmapTaskOptions {
  readonly output: string;
  readonly display: DisplayRequest;
  readonly figure: FigureSettings;
  /** Whether maps and figures of single images are written. */
  readonly individual: boolean;
  /** Of the computed grid. */
  readonly gridShape: { readonly rows: number; readonly columns: number };
  readonly landmarkPrecision: 'pixel' | 'bbox';
  readonly landmarkScaleFactor: number;
  /** Left out where every footprint is recorded. */
  readonly tools: FaceTools | undefined;
}

type Source = 'recorded' | 'computed';

/** What the journal keeps of one image; the averages are made from it. */
export interface HeatmapResult extends Pick<HeatmapLayers, 'shape' | 'cells' | 'regions'> {
  readonly width: number;
  readonly height: number;
  readonly regular: number;
  readonly class: string | null;
  /** Where the footprints come from. */
  readonly footprints: { readonly cells: Source | null; readonly regions: Source | null };
  /** Paths below the output folder. */
  readonly files: Readonly<Record<FigureKind | 'map' | 'json', string | null>>;
  readonly notes: readonly string[];
}

/** Draws the heat maps of one image after the other. */
export default async function startHeatmaps(
  options: HeatmapTaskOptions,
): Promise<Task<HeatmapItem, HeatmapResult>> {
  const cv = await loadOpenCv();
  const { output, figure, individual, tools } = options;
  const { mode, compat } = options.display;
  const display = displayOf(options.display);
  const finder = tools && new FaceFinder(tools);

  async function landmarksOf(image: RasterImage): Promise<Point[]> {
    if (finder === undefined) throw new Error('The regions were to be recorded for every image.');
    return finder.landmarks(image, (await finder.one(image)).face);
  }

  function cellsOf(
    { cells, recordedCells, name }: HeatmapItem,
    image: RasterImage,
    notes: string[],
  ): Hidden[] {
    if (cells.length === 0) return [];
    const { rows, columns } = options.gridShape;
    const occlusions =
      recordedCells === undefined
        ? gridCells(image.width, image.height, rows, columns)
        : recordedOf(recordedCells, 'grid', image, name);
    return withScores(
      occlusions,
      new Map(cells.map(({ row, column, value }) => [`r${row}_c${column}`, value])),
      notes,
    );
  }

  async function regionsOf(
    { regions, recordedRegions, name }: HeatmapItem,
    image: RasterImage,
    notes: string[],
  ): Promise<Hidden[]> {
    if (regions.length === 0) return [];
    const scores = new Map(regions.map((region) => [region.name, region.value]));
    if (recordedRegions !== undefined) {
      const recorded = recordedOf(recordedRegions, 'region', image, name);
      return withScores(
        recorded.filter((region) => scores.has(region.name)),
        scores,
        notes,
      );
    }
    const { width, height } = image;
    const { occlusions } = regionOcclusions(
      await landmarksOf(image),
      [...scores.keys()].filter(isRegionName),
      {
        width,
        height,
        precision: options.landmarkPrecision,
        scale: options.landmarkScaleFactor,
      },
    );
    return withScores(occlusions, scores, notes);
  }

  async function layersOf(item: HeatmapItem, image: RasterImage, notes: string[]): Promise<HeatmapLayers> {
    if (compat === 'upstream') {
      const landmarks = item.regions.length > 0 ? await landmarksOf(image) : [];
      return upstreamLayers(cv, image, item, landmarks, mode);
    }
    const cells = cellsOf(item, image, notes);
    const regions = await regionsOf(item, image, notes).catch((error: unknown) => {
      // The grid needs no face.
      if (!(error instanceof Problem) || cells.length === 0) throw error;
      notes.push(`the regions were left out: ${error.message}`);
      return [];
    });
    if (cells.length === 0 && regions.length === 0) {
      throw new Problem(item.name, `has no footprint of anything that was scored: ${notes.join('; ')}`);
    }
    const raw = (score: number) => rawValue(score, item.regular, mode);
    return footprintLayers(cv, image, cells, regions, raw, display.value);
  }

  return {
    async run(item) {
      const { name, stem, file, regular } = item;
      const path = {
        map: `maps/${stem}.npy`,
        json: `maps/${stem}.json`,
        grid: `grid/${stem}.png`,
        landmarks: `landmarks/${stem}.png`,
        combined: `combined/${stem}.png`,
      };
      // A name that leads out of the output folder is refused before anything is written.
      const target = Object.fromEntries(
        Object.entries(path).map(([kind, relative]) => [kind, outputPath(output, relative)]),
      ) as typeof path;
      const { image, notes: decoding } = await decodeImage(file, { name });
      const { width, height } = image;
      const notes = [...decoding];
      const layers = await layersOf(item, image, notes);
      const { map, figures, shape, cells, regions } = layers;
      const written = (kind: FigureKind) => (individual && figures[kind] !== undefined ? path[kind] : null);
      const files = {
        map: individual ? path.map : null,
        json: individual ? path.json : null,
        grid: written('grid'),
        landmarks: written('landmarks'),
        combined: written('combined'),
      };
      const computed = compat === 'upstream' ? undefined : 'recorded';
      const result: HeatmapResult = {
        width,
        height,
        regular,
        class: item.class ?? null,
        shape,
        cells,
        regions,
        footprints: {
          cells: shape === null ? null : item.recordedCells && computed ? computed : 'computed',
          regions: regions.length === 0 ? null : item.recordedRegions && computed ? computed : 'computed',
        },
        files,
        notes,
      };
      if (!individual) return result;

      for (const kind of figureKinds) {
        const layer = figures[kind];
        if (layer === undefined) continue;
        const png = await renderHeatmapFigure({
          title: figureTitles[kind],
          subtitle: `${name}: ${display.score} = ${regular.toPrecision(4)} as it is${compat === undefined ? '' : ' (--compat upstream)'}`,
          photograph: figure.photos ? image : { width, height },
          ...layer.parts,
          colourMap: figure.colormap,
          scale: display.scale(layer.drawn),
          colourBarLabel: display.label,
          alpha: figure.alpha,
          dpi: figure.dpi,
        });
        await writeFileAtomic(target[kind], png);
      }
      await writeFileAtomic(target.map, encodeNpy({ data: map, shape: [height, width] }));
      const value = (score: number) =>
        compat === 'upstream' && mode === 'diff' ? Math.abs(score - regular) : rawValue(score, regular, mode);
      const sidecar = {
        image: name,
        file,
        method: 'occlusion',
        mode,
        compat: compat ?? null,
        ...result,
        score: { name: display.score, ...options.display.labels },
        composite: figures.combined !== undefined,
        range: rangeScale(map),
        cells: cells.map((cell) => ({ ...cell, value: value(cell.score) })),
        regions: regions.map((region) => ({ ...region, value: value(region.score) })),
      };
      await writeFileAtomic(target.json, `${JSON.stringify(sidecar, null, 2)}\n`);
      return result;
    },
  };
}

/** What was hidden of an image, as `occlude` recorded it. */
function recordedOf(
  place: JournalPlace,
  kind: Occlusion['kind'],
  image: RasterImage,
  name: string,
): Occlusion[] {
  const { width, height, occlusions } = readRecorded(place);
  if (width !== image.width || height !== image.height) {
    throw new Problem(
      name,
      `was ${width}x${height} when parts of it were hidden, and is ${image.width}x${image.height} now`,
      'give the images that occlude was run on with --images',
    );
  }
  return occlusions.filter((occlusion) => occlusion.kind === kind);
}

/** Puts scores to occlusions, and says where one has no other. */
function withScores(
  occlusions: readonly Occlusion[],
  scores: ReadonlyMap<string, number>,
  notes: string[],
): Hidden[] {
  const names = new Set(occlusions.map(({ name }) => name));
  const homeless = [...scores.keys()].filter((name) => !names.has(name));
  if (homeless.length > 0) notes.push(`no footprint of ${homeless.join(', ')}, which have a score: left out`);
  const missing = [...names].filter((name) => !scores.has(name));
  if (missing.length > 0) notes.push(`no score of ${missing.join(', ')}`);
  return occlusions.map((occlusion) => ({ ...occlusion, score: scores.get(occlusion.name) ?? Number.NaN }));
}
