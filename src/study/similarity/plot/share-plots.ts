import { faceRegions } from '../../../face/regions.js';
import { regionSharesPlot } from '../../../report/plot/region-shares-plot.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import { inWords } from '../../report/in-words.js';
import type { ShareRow } from '../aggregate/shares-table.js';

const valueLabel = 'Share of the positive evidence';

/** The region shares of all models in one plot, and of each model by the groups of each key. */
export function sharePlots(shares: readonly ShareRow[], keys: readonly string[]): StudyPlot[] {
  const models = [
    ...new Set(shares.filter(({ modelKey }) => modelKey === 'model').map(({ model }) => model)),
  ];
  const everybody = models.map((model) => ({
    label: model,
    rows: shares.filter((row) => row.modelKey === 'model' && row.model === model && row.groupKey === ''),
  }));
  const overall: StudyPlot = {
    file: 'shares',
    plot: plotOf('shares', models.length > 1 ? 'Regions by model' : `Regions: ${models[0]}`, everybody),
    caption:
      'Share of the positive evidence in each region: mean over people and 95 % interval. Regions overlap and do not cover ' +
      'the whole view, so shares do not add up to 100 %.',
  };
  const byGroup = keys.flatMap((key) =>
    models.map((model): StudyPlot => {
      const own = shares.filter(
        (row) => row.modelKey === 'model' && row.model === model && row.groupKey === key,
      );
      const groups = [...new Set(own.map(({ group }) => group))].map((group) => ({
        label: inWords(group),
        rows: own.filter((row) => row.group === group),
      }));
      const file = `shares-${key}-${model}`.replaceAll(/[^\w-]+/g, '-');
      return {
        file,
        plot: plotOf(file, `${model}, by ${inWords(key)}`, groups),
        caption: `Share of the positive evidence of ${model} in each region, by ${inWords(key)}, with 95 % intervals over people.`,
      };
    }),
  );
  return [overall, ...byGroup];
}

function plotOf(
  id: string,
  title: string,
  groups: readonly { readonly label: string; readonly rows: readonly ShareRow[] }[],
) {
  const regions = faceRegions.filter((region) =>
    groups.some(({ rows }) => rows.some((row) => row.region === region)),
  );
  const rowOf = (rows: readonly ShareRow[], region: string) => rows.find((row) => row.region === region);
  const areaOf = (region: string) => {
    const known = groups.flatMap(({ rows }) => rowOf(rows, region)?.area ?? []);
    return known.reduce((sum, area) => sum + area, 0) / known.length;
  };
  return regionSharesPlot({
    ...{ id: `similarity-${id}`, title, valueLabel, regions },
    areas: regions.map(areaOf),
    groups: groups.map(({ label, rows }) => ({
      label,
      n: Math.max(0, ...rows.map(({ persons }) => persons)),
      shares: regions.map((region) => {
        const row = rowOf(rows, region);
        return {
          share: row?.share ?? Number.NaN,
          interval:
            row === undefined || row.low === null || row.high === null
              ? undefined
              : { low: row.low, high: row.high },
        };
      }),
    })),
  });
}
