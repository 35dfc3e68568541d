import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { curvePlot, type CurveSeries } from '../../../report/plot/curve-plot.js';
import { plotGrid } from '../../../report/plot/plot-grid.js';
import { rankingPlot } from '../../../report/plot/ranking-plot.js';
import { percent } from '../../report/in-words.js';
import { readRatesTable } from '../patch/patch-tables.js';
import type { AreaRate, CurveArea, CurveComparison } from '../replace/curve-areas.js';
import { control, type CurveKind, curveKinds } from '../replace/curve-kinds.js';
import type { CurvePoint, CurveRate } from '../replace/curve-points.js';
import { readAreasTable, readComparisonsTable, readCurvesTable } from '../replace/replace-tables.js';
import { verdict } from '../replace/verdict.js';
import { stepFolder } from '../step-folder.js';
import { areaInWords } from './area-in-words.js';
import type { CaptionedPlot, StudyPlot } from './study-plot.js';

/** What the replace step of a study has to plot. */
export interface ReplaceTables {
  /** Of the model, or of the study where there are several. */
  readonly name: string;
  readonly points: readonly CurvePoint[];
  readonly areas: readonly CurveArea[];
  readonly comparisons: readonly CurveComparison[];
  /** The rates of the images without patches. */
  readonly original: Readonly<Partial<Record<CurveRate, number>>>;
}

/** Reads the tables of a finished replace step. */
export async function readReplaceTables(name: string, study: string): Promise<ReplaceTables> {
  const folder = stepFolder(study, 'replace');
  const rates = join(stepFolder(study, 'patch'), 'rates.csv');
  const original = existsSync(rates)
    ? (await readRatesTable(rates)).filter(({ images }) => images === 'original')
    : [];
  return {
    name,
    points: await readCurvesTable(join(folder, 'curves.csv')),
    areas: await readAreasTable(join(folder, 'areas.csv')),
    comparisons: await readComparisonsTable(join(folder, 'comparisons.csv')),
    original: Object.fromEntries(original.map(({ rate, value }) => [rate, value])),
  };
}

/** How a kind of curve is named. */
const kindWords: Readonly<Record<CurveKind, { share: string; shown: readonly CurveRate[]; better: string }>> =
  {
    replacement: { share: 'pixels put back', shown: ['fnmr', 'fmr'], better: 'below 0: better than random' },
    insertion: { share: 'pixels inserted', shown: ['accuracy'], better: 'below 0: better than random' },
    deletion: { share: 'pixels deleted', shown: ['accuracy'], better: 'above 0: better than random' },
  };

const rateWords: Readonly<Record<AreaRate, { name: string; label: string; pairs: string }>> = {
  fmr: { name: 'FMR', label: 'false match rate', pairs: 'impostor pairs' },
  fnmr: { name: 'FNMR', label: 'false non-match rate', pairs: 'genuine pairs' },
  accuracy: { name: 'Accuracy', label: 'pairs decided rightly', pairs: 'pairs' },
  hter: { name: 'HTER', label: '(FMR + FNMR) / 2', pairs: 'pairs' },
};

/** The curves of one kind, one plot a rate. */
export function curvePlots(id: string, study: ReplaceTables, kind: CurveKind): CaptionedPlot[] {
  return kindWords[kind].shown.flatMap((rate) => {
    const points = study.points.filter((point) => point.curve === kind && point.name === rate);
    if (points.length === 0) return [];
    const { trials } = points[0];
    const { name, label, pairs } = rateWords[rate];
    const { share } = kindWords[kind];
    const methods = [...new Set(points.map(({ method }) => method))];
    const before = kind === 'replacement' ? study.original[rate] : undefined;
    const plot = curvePlot({
      id: `${id}-${kind}-${rate}`,
      title: `${study.name}: ${name} of ${trials} ${kind === 'replacement' ? 'patched ' : ''}${pairs}`,
      shareLabel: share,
      valueLabel: label,
      // The control stands last in the legend.
      series: [
        ...methods.filter((method) => method !== control),
        ...methods.filter((method) => method === control),
      ].map((method) =>
        seriesOf(
          method,
          points,
          study.areas.find((area) => area.curve === kind && area.rate === rate && area.method === method),
        ),
      ),
      references:
        before === undefined ? [] : [{ label: `without patches: ${percent(before)} %`, value: before }],
    });
    const reach = Math.max(
      ...points.map(({ rate: value, low, high }) => Math.max(high - value, value - low)),
    );
    const caption =
      `${name} at the fixed threshold over the share of ${share}, ${trials} ${pairs}. Areas with 95 % intervals over ` +
      `persons. The 95 % intervals of the points reach up to ${percent(reach)} percentage points from them (curves.csv).`;
    return [{ plot, caption }];
  });
}

function seriesOf(method: string, points: readonly CurvePoint[], area: CurveArea | undefined): CurveSeries {
  return {
    label: method === control ? 'random pixels' : method,
    note: area && `area ${areaInWords(area.area)}`,
    control: method === control,
    points: points
      .filter((point) => point.method === method)
      .map(({ share, rate }) => ({ share, value: rate })),
  };
}

/** How far the areas of the methods lie from that of random pixels, the best first; undefined without such curves. */
export function areaPlot(
  id: string,
  { name, ...tables }: ReplaceTables,
  kind: CurveKind,
): CaptionedPlot | undefined {
  const best = verdict(kind, tables);
  if (best === undefined) return undefined;
  const { rate } = best;
  const order = [best.best, ...best.overOthers.map(({ method }) => method)];
  const rows = order.map((method) =>
    tables.areas.find((area) => area.curve === kind && area.rate === rate && area.method === method)!,
  );
  const sign = kind === 'deletion' ? -1 : 1;
  const sorted = rows.sort((one, other) => sign * (one.area.value - other.area.value));
  const { better } = kindWords[kind];
  const label = `area under ${rateWords[rate].name} minus that of random pixels (${better})`;
  return {
    plot: rankingPlot({
      id: `${id}-${kind}-areas`,
      title: `${name}: ${label}`,
      valueLabel: label,
      rows: sorted.map(({ method, difference, pairs }) => ({
        label: method,
        value: difference!.value,
        interval:
          difference!.low === null || difference!.high === null
            ? undefined
            : { low: difference!.low, high: difference!.high },
        n: pairs,
      })),
    }),
    caption: `${name}, ${kind}: differences from random pixels with 95 % intervals over ${rows[0].identities} persons; n is the number of pairs. An interval without 0 is a settled difference.`,
  };
}

/** Curves and areas of one or several studies, a row of plots for each. */
export function replacePlots(id: string, studies: readonly ReplaceTables[]): StudyPlot[] {
  const grid = (
    file: string,
    title: string,
    columns: number,
    parts: (study: ReplaceTables, id: string) => readonly CaptionedPlot[],
  ): StudyPlot[] => {
    const all = studies.flatMap((study, at) => parts(study, `${id}-${at}`));
    if (all.length === 0) return [];
    return [
      {
        file,
        plot:
          all.length === 1
            ? all[0].plot
            : plotGrid(
                `${id}-${file}`,
                title,
                all.map(({ plot }) => plot),
                columns,
              ),
        caption: all.map(({ caption }) => caption).join(' '),
      },
    ];
  };
  return [
    ...grid('curves', 'Errors while pixels are put back', 2, (study, own) =>
      curvePlots(own, study, 'replacement'),
    ),
    ...grid('insertion-deletion', 'Accuracy while pixels are inserted and deleted', 2, (study, own) => [
      ...curvePlots(own, study, 'insertion'),
      ...curvePlots(own, study, 'deletion'),
    ]),
    ...grid('areas', 'Areas against random pixels', curveKinds.length, (study, own) =>
      curveKinds.flatMap((kind) => areaPlot(own, study, kind) ?? []),
    ),
  ];
}
