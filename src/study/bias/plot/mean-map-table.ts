import { readFile } from 'node:fs/promises';
import { outputPath } from '../../../dataset/output-path.js';
import { canonicalFace } from '../../../face/canonical/canonical-face.js';
import { faceOutline } from '../../../face/face-outline.js';
import { rangeScale } from '../../../image/colour-map/colour-scale.js';
import type { MapTableCell, MapTableFigure, MapTableRow } from '../../../report/figure/map-table-figure.js';
import { decodeNpy } from '../../../tensor/npy.js';
import { images as countOf, inWords } from '../../report/in-words.js';
import { keyInWords } from '../labels/key-in-words.js';
import { sortedGroups } from '../labels/grouping.js';
import { everybody } from '../measure/mean-maps.js';
import type { BiasMeasures } from '../measure/measure.js';
import type { HeatFigure } from './draw-study.js';
import { plotName } from './plot-name.js';

/** Columns of a table; more groups go into further tables. */
const mostColumns = 6;

const rowsOf = [
  { outcome: 'all', label: 'all decisions' },
  { outcome: 'right', label: 'right decisions' },
  { outcome: 'wrong', label: 'mistakes' },
] as const;

/** The mean maps of one grouping as tables: groups in columns, outcomes in rows, on the common face. */
export async function meanMapTable(
  folder: string,
  key: string,
  { means, settings: { least } }: Pick<BiasMeasures, 'means' | 'settings'>,
  dpi: number,
): Promise<HeatFigure[]> {
  // A mean of few maps shows these images, and nothing of the group.
  const own = means.filter((mean) => mean.key === key && mean.images >= least);
  const groups = sortedGroups(own.map(({ group }) => group));
  const tables: HeatFigure[] = [];
  for (let first = 0; first < groups.length; first += mostColumns) {
    const columns = groups.slice(first, first + mostColumns);
    const rows: MapTableRow[] = [];
    for (const { outcome, label } of rowsOf) {
      const cells = await Promise.all(
        columns.map(async (group): Promise<MapTableCell | undefined> => {
          const mean = own.find((each) => each.group === group && each.outcome === outcome);
          if (mean === undefined) return undefined;
          const { data, shape } = decodeNpy(await readFile(outputPath(folder, mean.path)), mean.path);
          return { map: { data: data as Float32Array, shape }, caption: countOf(mean.images) };
        }),
      );
      if (cells.some((cell) => cell !== undefined)) rows.push({ label, cells });
    }
    if (rows.length === 0) continue;
    const part = groups.length > mostColumns ? String(first / mostColumns + 1) : '';
    tables.push({
      file: plotName('maps', key === '' ? 'all' : key, part),
      figure: {
        title: key === '' ? 'Where the model looks' : `Where the model looks, by ${keyInWords(key)}`,
        subtitle: 'Mean maps on a common face; each map is scaled to 0..1 before.',
        ...(key === '' ? acrossOutcomes(rows) : { columns: columns.map(inWords), rows }),
        outline: faceOutline(canonicalFace().landmarks),
        colourMap: 'inferno',
        scale: rangeScale(
          rows.flatMap(({ cells }) =>
            cells.flatMap((cell) => (cell === undefined ? [] : [...cell.map.data])),
          ),
        ),
        colourBarLabel: 'mean heat (1: the hottest place of every map)',
        alpha: 1,
        dpi,
      },
      caption:
        'Bright: what speaks for the class that is explained. All maps of the table share one scale. ' +
        `Means of fewer than ${least} images are not shown.`,
    });
  }
  return tables;
}

/** One row, with the outcomes in columns. */
function acrossOutcomes(rows: readonly MapTableRow[]): Pick<MapTableFigure, 'columns' | 'rows'> {
  return {
    columns: rows.map(({ label }) => label),
    rows: [{ label: everybody, cells: rows.map(({ cells }) => cells[0]) }],
  };
}
