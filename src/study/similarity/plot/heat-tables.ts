import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { decodeImage } from '../../../dataset/decode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { canonicalFace } from '../../../face/canonical/canonical-face.js';
import { faceOutline } from '../../../face/face-outline.js';
import { rangeScale } from '../../../image/colour-map/colour-scale.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { MapTableCell, MapTableFigure } from '../../../report/figure/map-table-figure.js';
import { decodeNpy } from '../../../tensor/npy.js';
import type { Tensor } from '../../../tensor/tensor.js';
import { meanPhotographPath } from '../aggregate/mean-path.js';
import type { MeanRow } from '../aggregate/means-table.js';
import type { PersonRow } from '../aggregate/people-table.js';
import { photographPath } from '../explain/evidence-paths.js';
import { inWords } from '../../report/in-words.js';

/** What all heat maps of a study share. */
export interface HeatMapSettings {
  /** Of the aggregate step. */
  readonly folder: string;
  /** Of the explanations. */
  readonly explained: string;
  /** Whether the maps are drawn over photographs. */
  readonly photographs: boolean;
  readonly dpi: number;
}

const look = {
  colourMap: 'inferno',
  colourBarLabel: 'evidence, in multiples of its mean over the face (1: as if spread evenly)',
} as const;

/** Mean maps as a table: models in rows; everybody and the groups of one key in columns. */
export async function heatMapTable(
  means: readonly MeanRow[],
  key: string,
  groups: readonly string[],
  settings: HeatMapSettings,
): Promise<MapTableFigure> {
  const models = [...new Map(means.map((row) => [`${row.modelKey}/${row.model}`, row])).values()].filter(
    ({ modelKey }, _, all) => modelKey !== 'all' || all.length > 2,
  );
  const columns = [{ key: '', value: '' }, ...groups.map((value) => ({ key, value }))];
  const rows = await Promise.all(
    models.map(async ({ modelKey, model }) => ({
      label: modelKey === 'all' ? 'all models' : modelKey === 'model' ? model : `${modelKey}: ${model}`,
      cells: await Promise.all(
        columns.map(async (column): Promise<MapTableCell | undefined> => {
          const row = means.find(
            (each) =>
              each.modelKey === modelKey &&
              each.model === model &&
              each.groupKey === column.key &&
              each.group === column.value,
          );
          if (row === undefined) return undefined;
          return {
            map: await relativeMap(outputPath(settings.folder, row.path)),
            photograph: await photograph(settings, settings.folder, meanPhotographPath(column)),
            caption: row.persons === 1 ? 'one person' : `${row.persons} people`,
          };
        }),
      ),
    })),
  );
  const table =
    key === ''
      ? {
          columns: rows.map(({ label }) => label),
          rows: [{ label: 'everybody', cells: rows.map(({ cells }) => cells[0]) }],
        }
      : { columns: columns.map(({ value }) => (value === '' ? 'everybody' : inWords(value))), rows };
  return {
    title: key === '' ? 'Where the models look' : `Where the models look, by ${inWords(key)}`,
    subtitle: 'Mean LIME maps on the canonical face, each person with equal weight.',
    ...table,
    ...look,
    scale: rangeScale(rows.flatMap(({ cells }) => cells.flatMap((cell) => [...rangeOf(cell)]))),
    ...ground(settings),
  };
}

/** The most and the least typical people in two rows. */
export async function typicalTable(
  people: readonly PersonRow[],
  imageOf: (identity: string) => string | undefined,
  settings: HeatMapSettings,
): Promise<MapTableFigure | undefined> {
  const known = people
    .filter(({ typicality }) => !Number.isNaN(typicality))
    .toSorted((a, b) => b.typicality - a.typicality);
  const count = Math.min(5, Math.floor(known.length / 2));
  if (count < 2) return undefined;
  const cellsOf = (rows: readonly PersonRow[]) =>
    Promise.all(
      rows.map(async (row): Promise<MapTableCell> => {
        const image = imageOf(row.identity);
        return {
          map: await relativeMap(outputPath(settings.folder, row.path)),
          photograph:
            image === undefined
              ? undefined
              : await photograph(settings, settings.explained, photographPath(image)),
          caption: `${row.typicality.toFixed(2).replace('-', '−')} ${row.identity}`,
        };
      }),
    );
  const rows = [
    { label: 'most typical', cells: await cellsOf(known.slice(0, count)) },
    { label: 'least typical', cells: await cellsOf(known.slice(-count).reverse()) },
  ];
  return {
    title: 'The most and the least typical people',
    subtitle: 'Mean map of the person over all models; below it the correlation with the mean of all others.',
    columns: Array.from({ length: count }, (_, at) => String(at + 1)),
    rows,
    ...look,
    scale: rangeScale(rows.flatMap(({ cells }) => cells.flatMap((cell) => [...rangeOf(cell)]))),
    ...ground(settings),
  };
}

function ground({ photographs, dpi }: HeatMapSettings): Pick<MapTableFigure, 'outline' | 'alpha' | 'dpi'> {
  return {
    ...(photographs ? {} : { outline: faceOutline(canonicalFace().landmarks) }),
    alpha: photographs ? 0.65 : 1,
    dpi,
  };
}

/** A map divided by its mean positive value, so that models whose similarity moves little can be compared with others. */
async function relativeMap(file: string): Promise<Tensor> {
  const { data, shape } = decodeNpy(await readFile(file), file);
  const values = data as Float64Array;
  const mean = values.reduce((sum, value) => sum + Math.max(0, value), 0) / values.length;
  return { data: Float32Array.from(values, (value) => (mean === 0 ? 0 : value / mean)), shape };
}

async function photograph(
  { photographs }: HeatMapSettings,
  folder: string,
  path: string,
): Promise<RasterImage | undefined> {
  const file = outputPath(folder, path);
  if (!photographs || !existsSync(file)) return undefined;
  return (await decodeImage(file, { name: path })).image;
}

function rangeOf(cell: MapTableCell | undefined): Iterable<number> {
  return cell?.map.data ?? [];
}
