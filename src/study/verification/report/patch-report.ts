import { dirname } from 'node:path';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import type { Block, TableBlock } from '../../../report/html/report.js';
import { number, percent, rateInWords } from '../../report/in-words.js';
import type { RunReport } from '../../report/run-report.js';
import type { PatchRateRow } from '../patch/patch-tables.js';
import { patchPlots, readPatchTables } from '../plot/patch-plots.js';
import { modelName } from '../model-name.js';
import { studyName } from '../step-folder.js';
import { plotId } from './plot-id.js';

/** The report of `verification patch`: what patches do to the error rates. */
export async function patchReport(folder: string, record: RunRecord): Promise<RunReport> {
  const name = studyName(dirname(folder));
  const model = modelName(record);
  const { patches, patchSize } = record.settings as { patches: number; patchSize: number };
  const { threshold, source, pairs } = record.results as { threshold: number; source: string; pairs: number };
  const tables = await readPatchTables(model, folder, threshold);
  const plots = patchPlots(plotId(dirname(folder)), [tables]);
  const squares = `${patches} patches of ${patchSize} x ${patchSize} pixels`;
  return {
    title: `${model} on ${name}`,
    question: 'What do patches do to the decisions?',
    keyResults: [
      `On ${name}, ${squares} in the first image of every pair take ${changes(tables.rates)}, at the fixed threshold ` +
        `${number(threshold)} (${source}).`,
    ],
    facts: [
      { name: 'model', value: model },
      { name: 'patched pairs', value: String(pairs) },
      { name: 'patches', value: squares },
    ],
    sections: [
      {
        title: 'What patches do to the decisions',
        blocks: [
          ...(plots.length === 0
            ? []
            : [
                {
                  kind: 'plots',
                  plots: plots.map(({ plot, caption }) => ({ plot, caption })),
                } satisfies Block,
              ]),
          ratesBlock(tables.rates),
        ],
      },
    ],
    howToRead: [
      'The patches of a genuine pair come from other persons, those of an impostor pair from the person that it is compared ' +
        'with: both push the decision to the wrong side (the rule of PatchLFW). The threshold is that of the unchanged images.',
    ],
  };
}

function row(rates: readonly PatchRateRow[], rate: string, images: string): PatchRateRow | undefined {
  return rates.find((each) => each.rate === rate && each.images === images);
}

function changes(rates: readonly PatchRateRow[]): string {
  return (['fnmr', 'fmr'] as const)
    .flatMap((rate) => {
      const [before, after] = [row(rates, rate, 'original'), row(rates, rate, 'patched')];
      return before === undefined || after === undefined
        ? []
        : [`${rate.toUpperCase()} from ${cell(before)} to ${cell(after)}`];
    })
    .join(' and ');
}

/** A rate with interval and counts; a change with its interval alone. */
function cell({ value, low, high, errors, trials }: PatchRateRow): string {
  if (low === undefined || high === undefined) return `${percent(value)} % (no interval)`;
  return errors === undefined || trials === undefined
    ? `${percent(value)} (${percent(low)} to ${percent(high)})`
    : rateInWords({ rate: value, low, high, errors, trials });
}

function ratesBlock(rates: readonly PatchRateRow[]): TableBlock {
  const present = (['fnmr', 'fmr'] as const).filter((rate) => row(rates, rate, 'original') !== undefined);
  return {
    kind: 'table',
    caption:
      'Error rates at the fixed threshold in percent, with 95 % intervals and counts; the change in percentage points.',
    columns: [
      { name: 'rate' },
      { name: 'without patches', numeric: true },
      { name: 'with patches', numeric: true },
      { name: 'change', numeric: true },
    ],
    rows: present.map((rate) => [
      rate.toUpperCase(),
      ...['original', 'patched', 'change'].map((images) => {
        const found = row(rates, rate, images);
        return found === undefined ? '–' : cell(found);
      }),
    ]),
  };
}
