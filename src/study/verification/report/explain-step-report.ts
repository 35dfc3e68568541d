import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import type { Block, FigureBlock, TableBlock } from '../../../report/html/report.js';
import { reportImage } from '../../../report/html/report-image.js';
import { inWords, number, percent } from '../../report/in-words.js';
import type { RunReport } from '../../report/run-report.js';
import type { AverageEvidence, MeanShare } from '../explain/average-evidence.js';
import type { ExplainStepSummary } from '../explain/explain.js';
import { outcomes } from '../outcome.js';
import { outcomePlural, regionPlots } from '../plot/explain-plots.js';
import { modelName } from '../model-name.js';
import { studyName } from '../step-folder.js';
import { plotId } from './plot-id.js';

/** Pairs that are shown, one of every outcome first; the rest lie in the folder of the step. */
const shownPairs = 4;

/** The report of `verification explain`: where the evidence lies, by outcome. */
export async function explainStepReport(folder: string, record: RunRecord): Promise<RunReport> {
  const name = studyName(dirname(folder));
  const model = modelName(record);
  const summary = record.results as unknown as ExplainStepSummary;
  const { methods, regions, threshold, source } = summary;
  const figures = await pairFigures(folder, summary, record.settings.photos !== false);
  const counts = outcomes
    .map((outcome) => `${summary.outcomes[outcome]} ${outcomePlural(outcome)}`)
    .join(', ');
  return {
    title: `${model} on ${name}`,
    question: 'Where in the face does the evidence for and against a match lie?',
    keyResults: methods.flatMap((method) => strongest(name, method, regions) ?? []),
    facts: [
      { name: 'model', value: model },
      { name: 'explained pairs', value: counts },
      { name: 'threshold', value: `${threshold.toFixed(4)} (${source})` },
      { name: 'methods', value: methods.join(', ') },
    ],
    sections: [
      ...(regions.length === 0
        ? []
        : [
            {
              title: 'Evidence by region of the face',
              blocks: [
                {
                  kind: 'plots',
                  plots: regionPlots(plotId(dirname(folder)), { name: model, regions }),
                } satisfies Block,
                ...methods.flatMap((method) => [
                  regionsBlock(method, 'positive', regions),
                  regionsBlock(method, 'negative', regions),
                ]),
              ],
            },
          ]),
      ...(figures.length === 0
        ? []
        : [{ title: 'Pairs', blocks: [{ kind: 'figures', figures } satisfies Block] }]),
    ],
    howToRead: [
      'A share says how much of all evidence for a match, or against it, lies in a region; a pair counts with the mean of its ' +
        'two images. A region that covers 5 % of the image has 5 % of evidence that is spread evenly, so shares are to be ' +
        'compared with the share of the image. Regions overlap and leave out what lies outside the face, so shares do not add up ' +
        'to 100 %.',
      'Left and right are the subject’s.',
    ],
  };
}

/** The region with the most evidence for a match beyond its size, in pairs that are rightly matched. */
function strongest(study: string, method: string, regions: readonly AverageEvidence[]): string | undefined {
  const group = (['true match', 'all'] as const).find((outcome) =>
    regions.some((row) => row.method === method && row.outcome === outcome && row.positive !== null),
  );
  const rows = regions.filter(
    (row) => row.method === method && row.outcome === group && row.positive !== null && row.area > 0,
  );
  const [first] = rows.sort(
    (one, other) => other.positive!.mean / other.area - one.positive!.mean / one.area,
  );
  if (rows.length === 0) return undefined;
  const { region, area, positive, pairs } = first;
  const whose = group === 'all' ? 'all pairs' : 'rightly matched pairs';
  return (
    `On ${study}, ${method} finds evidence for a match most densely in the ${inWords(region)}: ` +
    `${share(positive)} of it on ${percent(area)} % of the image, ${number(positive!.mean / area)} times an even spread ` +
    `(${pairs} ${whose}).`
  );
}

function share(value: MeanShare | null): string {
  if (value === null) return 'none';
  const { mean, low, high } = value;
  return low === null || high === null
    ? `${percent(mean)} % (no interval)`
    : `${percent(mean)} % (${percent(low)} to ${percent(high)})`;
}

function regionsBlock(
  method: string,
  kind: 'positive' | 'negative',
  regions: readonly AverageEvidence[],
): TableBlock {
  const own = regions.filter((row) => row.method === method);
  const groups = (['all', ...outcomes] as const).flatMap(
    (outcome) => own.find((row) => row.outcome === outcome) ?? [],
  );
  const names = [...new Set(own.map(({ region }) => region))];
  const cellOf = (region: string, outcome: string) =>
    own.find((row) => row.region === region && row.outcome === outcome);
  return {
    kind: 'table',
    caption: `${method}: share of the evidence ${kind === 'positive' ? 'for' : 'against'} a match in each region, in percent with 95 % intervals over persons.`,
    columns: [
      { name: 'region' },
      { name: 'share of the image', numeric: true },
      ...groups.map(({ outcome, pairs }) => ({
        name: `${outcome === 'all' ? 'all pairs' : outcomePlural(outcome)}, n = ${pairs}`,
        numeric: true,
      })),
    ],
    rows: names.map((region) => [
      inWords(region),
      `${percent(cellOf(region, 'all')?.area ?? Number.NaN)} %`,
      ...groups.map(({ outcome }) => share(cellOf(region, outcome)?.[kind] ?? null)),
    ]),
  };
}

/** The figures of some pairs, by all methods. */
async function pairFigures(
  folder: string,
  { methods }: ExplainStepSummary,
  photographs: boolean,
): Promise<FigureBlock[]> {
  const [first] = methods;
  const drawn = join(folder, 'maps', first);
  if (!existsSync(drawn)) return [];
  const pairs = (await readdir(drawn)).sort().filter((pair) => existsSync(join(drawn, pair, 'pair.png')));
  const described = await Promise.all(
    pairs.map(async (pair) => {
      const text = await readFile(join(drawn, pair, 'result.json'), 'utf8');
      return { pair, outcome: (JSON.parse(text) as { pair: { outcome: string } }).pair.outcome };
    }),
  );
  const one = outcomes.flatMap((outcome) => described.find((each) => each.outcome === outcome) ?? []);
  const shown = [...new Set([...one, ...described])].slice(0, shownPairs);
  return Promise.all(
    shown.flatMap(({ pair, outcome }) =>
      methods.map(async (method) => ({
        image: await reportImage(await readFile(join(folder, 'maps', method, pair, 'pair.png')), {
          showsPhotograph: photographs,
        }),
        caption: `${pair}, ${outcome}, ${method}`,
      })),
    ),
  );
}
