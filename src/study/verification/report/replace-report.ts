import { dirname } from 'node:path';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import type { Block, TableBlock } from '../../../report/html/report.js';
import { countText } from '../../../report/value-format.js';
import { number } from '../../report/in-words.js';
import type { RunReport } from '../../report/run-report.js';
import { areaInWords } from '../plot/area-in-words.js';
import { areaPlot, curvePlots, readReplaceTables, type ReplaceTables } from '../plot/replace-plots.js';
import type { AreaRate, Estimate } from '../replace/curve-areas.js';
import { control, type CurveKind, curveKinds } from '../replace/curve-kinds.js';
import type { LocalisationMean } from '../replace/localisation-means.js';
import { readLocalisationTable } from '../replace/replace-tables.js';
import { verdict } from '../replace/verdict.js';
import { modelName } from '../model-name.js';
import { stepFolder, studyName } from '../step-folder.js';
import { plotId } from './plot-id.js';
import { verdictInWords } from './verdict-in-words.js';

/** What the record of the step holds beside its tables. */
interface ReplaceResults {
  readonly threshold: number;
  readonly source: string;
  readonly genuine: number;
  readonly impostor: number;
  readonly identities: number;
  /** Of one map, on one thread. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** The report of `verification replace`: which method explains best. */
export async function replaceReport(folder: string, record: RunRecord): Promise<RunReport> {
  const study = dirname(folder);
  const name = studyName(study);
  const id = plotId(study);
  const model = modelName(record);
  const results = record.results as unknown as ReplaceResults;
  const tables = await readReplaceTables(model, study);
  const localisation = await readLocalisationTable(`${stepFolder(study, 'replace')}/localisation.csv`);
  const { genuine, impostor, identities, threshold, source } = results;
  const kinds = curveKinds.filter((kind) => tables.areas.some((area) => area.curve === kind));
  const sample = `${genuine} genuine and ${impostor} impostor pairs of ${identities} persons, threshold ${number(threshold)}: ${source}`;
  const verdicts = kinds.flatMap((kind) => verdict(kind, tables) ?? []);
  const methods = [...new Set(tables.areas.map(({ method }) => method))].filter(
    (method) => method !== control,
  );
  return {
    title: `${model} on ${name}`,
    question: 'Which explanation of a match is right?',
    keyResults: [
      ...verdicts.map((each) =>
        verdictInWords(name, each, each.curve === 'replacement' ? sample : undefined),
      ),
      ...fewPersons(name, identities),
    ],
    facts: [
      { name: 'model', value: model },
      { name: 'pairs', value: `${genuine} genuine, ${impostor} impostor` },
      { name: 'persons', value: String(identities) },
      { name: 'threshold', value: `${threshold.toFixed(4)} (${source})` },
      { name: 'methods', value: methods.join(', ') },
    ],
    sections: [
      {
        title: 'Which method explains best',
        blocks: [
          { kind: 'plots', plots: curvePlots(id, tables, 'replacement') },
          areasBlock(tables, 'replacement', sample),
          { kind: 'plots', plots: kinds.flatMap((kind) => areaPlot(id, tables, kind) ?? []) },
          ...(tables.comparisons.length === 0 ? [] : [comparisonsBlock(tables, kinds)]),
        ],
      },
      ...(kinds.includes('insertion')
        ? [
            {
              title: 'Insertion and deletion',
              blocks: [
                {
                  kind: 'plots',
                  plots: [...curvePlots(id, tables, 'insertion'), ...curvePlots(id, tables, 'deletion')],
                } satisfies Block,
                areasBlock(tables, 'insertion', sample),
                areasBlock(tables, 'deletion', sample),
              ],
            },
          ]
        : []),
      {
        title: 'Who finds the patches, and how fast',
        blocks: [localisationBlock(localisation), timesBlock(results)],
      },
    ],
    howToRead: [
      'Patches are pasted into the first image of every pair: into genuine pairs such that the pair no longer looks like ' +
        'one person, into impostor pairs such that it does. Each map then says which pixels led to the decision; these are ' +
        'put back, the most blamed first. Where a map is right, FMR and FNMR fall soonest, and the area under its curve is ' +
        'small. Random pixels are the control: a method whose area is not below theirs explains nothing.',
      'HTER is the mean of FMR and FNMR, so that both classes weigh alike, however many pairs they have. All methods are ' +
        'tried on the same pairs, so differences of areas are compared pair by pair; a difference is called settled where ' +
        'its 95 % interval over persons does not hold 0. Intervals are not corrected for the number of comparisons.',
      'Insertion puts pixels into a face from which all were taken, deletion takes them out of the pair as it is. Both make ' +
        'images that the model may never have seen, so they say less than putting back pixels of real photographs.',
      'Pointing game: the strongest pixel lies in a patch. Relevance mass: the share of the evidence in the patches. ' +
        'Relevance rank: of the strongest pixels, as many as the patches have, the share in the patches. IoU: of the patches ' +
        'and the pixels with any evidence. ROC area: how well the map tells pixels of the patches from others.',
    ],
  };
}

/** Below this many persons intervals over persons are too narrow (Fogliato et al., IJCV 2024). */
const enoughPersons = 30;

function fewPersons(study: string, identities: number): string[] {
  return identities >= enoughPersons
    ? []
    : [
        `${study} shows ${identities} persons only. Below some ${enoughPersons} the intervals are too narrow, so take what is called ` +
          'settled with care.',
      ];
}

const rateNames: Readonly<Record<AreaRate, string>> = {
  fnmr: 'FNMR',
  fmr: 'FMR',
  hter: 'HTER',
  accuracy: 'accuracy',
};

/** What the table of a kind shows; areas.csv has all. */
const tableRates: Readonly<Record<CurveKind, readonly AreaRate[]>> = {
  replacement: ['hter', 'fnmr', 'fmr'],
  insertion: ['hter', 'accuracy'],
  deletion: ['hter', 'accuracy'],
};

function areasBlock({ areas }: ReplaceTables, kind: CurveKind, sample: string): TableBlock {
  const own = areas.filter(({ curve }) => curve === kind);
  const rates = tableRates[kind].filter((rate) => own.some((area) => area.rate === rate));
  const methods = [...new Set(own.map(({ method }) => method))];
  const rows = methods.map((method) => ({
    method,
    cells: rates.map((rate) => own.find((area) => area.method === method && area.rate === rate)),
  }));
  const sign = kind === 'deletion' ? -1 : 1;
  rows.sort((one, other) => sign * ((one.cells[0]?.area.value ?? 0) - (other.cells[0]?.area.value ?? 0)));
  return {
    kind: 'table',
    caption: `${kind}: areas under the curves, which are mean rates, and their differences from random pixels, with 95 % intervals. ${sample}.`,
    columns: [
      { name: 'method' },
      ...rates.flatMap((rate) => [
        { name: rateNames[rate], numeric: true },
        { name: 'minus random', numeric: true },
      ]),
    ],
    rows: rows.map(({ method, cells }) => [
      method === control ? 'random pixels' : method,
      ...cells.flatMap((area) =>
        area === undefined
          ? ['–', '–']
          : [areaInWords(area.area), area.difference === null ? '' : areaInWords(area.difference)],
      ),
    ]),
  };
}

function comparisonsBlock(
  { comparisons, ...tables }: ReplaceTables,
  kinds: readonly CurveKind[],
): TableBlock {
  const rates = kinds.map((kind) => ({ kind, rate: verdict(kind, { ...tables, comparisons })?.rate }));
  const names = [...new Set(comparisons.map(({ method, other }) => `${method} minus ${other}`))];
  return {
    kind: 'table',
    caption: `Every two methods against each other: differences of the areas under ${[...new Set(rates.flatMap(({ rate }) => (rate === undefined ? [] : rateNames[rate])))].join(' and ')}, with 95 % intervals over persons. Below 0 the first is better; for deletion, above 0.`,
    columns: [{ name: 'methods' }, ...kinds.map((kind) => ({ name: kind, numeric: true }))],
    rows: names.map((name) => [
      name,
      ...rates.map(({ kind, rate }) => {
        const found = comparisons.find(
          (each) =>
            each.curve === kind && each.rate === rate && `${each.method} minus ${each.other}` === name,
        );
        return found === undefined
          ? '–'
          : `${areaInWords(found.difference)}, ${settledInWords(found.difference)}`;
      }),
    ]),
  };
}

function settledInWords({ low, high }: Estimate): string {
  return low !== null && high !== null && (low > 0 || high < 0) ? 'settled' : 'not settled';
}

function localisationBlock(means: readonly LocalisationMean[]): TableBlock {
  const measures = [...new Set(means.map(({ measure }) => measure))];
  const groups = [...new Set(means.map((mean) => mean.class))];
  const rows = groups.flatMap((group) => {
    const own = means.filter((mean) => mean.class === group);
    const methods = [...new Set(own.map(({ method }) => method))];
    const of = (method: string) =>
      measures.map((measure) => own.find((mean) => mean.method === method && mean.measure === measure));
    const pairs = Math.max(0, ...own.map((mean) => mean.pairs));
    return [
      ...methods.map((method) => [
        method,
        group === 'all' ? 'both' : group,
        String(pairs),
        ...of(method).map((mean) =>
          mean === undefined || Number.isNaN(mean.value) ? '–' : areaInWords(mean),
        ),
      ]),
      [
        'by chance',
        group === 'all' ? 'both' : group,
        '',
        ...of(methods[0]).map((mean) => (mean?.chance == null ? '–' : number(mean.chance))),
      ],
    ];
  });
  return {
    kind: 'table',
    caption:
      'How well each map finds the patches: means over the pairs with 95 % intervals over persons; 1 is best.',
    columns: [
      { name: 'method' },
      { name: 'pairs' },
      { name: 'n', numeric: true },
      ...measures.map((measure) => ({ name: measure, numeric: true })),
    ],
    rows,
  };
}

function timesBlock({ milliseconds, genuine, impostor }: ReplaceResults): TableBlock {
  return {
    kind: 'table',
    caption: `Mean time of one map on one thread, over ${genuine + impostor} pairs.`,
    columns: [{ name: 'method' }, { name: 'milliseconds', numeric: true }],
    rows: Object.entries(milliseconds)
      .sort(([, one], [, other]) => one - other)
      .map(([method, time]) => [method, countText(Math.round(time))]),
  };
}
