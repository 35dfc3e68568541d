import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plotGrid } from '../../../report/plot/plot-grid.js';
import { regionSharesPlot } from '../../../report/plot/region-shares-plot.js';
import type { AverageEvidence } from '../explain/average-evidence.js';
import { readRegionsTable } from '../explain/regions-table.js';
import { type Outcome, outcomes } from '../outcome.js';
import type { CaptionedPlot, StudyPlot } from './study-plot.js';

/** What the explain step of a study has to plot. */
export interface ExplainTables {
  /** Of the model, or of the study where there are several. */
  readonly name: string;
  readonly regions: readonly AverageEvidence[];
}

/** Reads the table of a finished explain step; undefined where it was asked for no regions. */
export async function readExplainTables(name: string, folder: string): Promise<ExplainTables | undefined> {
  const file = join(folder, 'regions.csv');
  return existsSync(file) ? { name, regions: await readRegionsTable(file) } : undefined;
}

/** Where the evidence lies by outcome: for each method a plot of that for a match, and one of that against it. */
export function regionPlots(id: string, { name, regions }: ExplainTables): CaptionedPlot[] {
  const methods = [...new Set(regions.map(({ method }) => method))];
  return methods.flatMap((method, at) =>
    (['positive', 'negative'] as const).map((kind): CaptionedPlot => {
      const own = regions.filter((row) => row.method === method);
      const names = [...new Set(own.map(({ region }) => region))];
      const side = kind === 'positive' ? 'for' : 'against';
      const present = outcomes.filter((outcome) => own.some((row) => row.outcome === outcome));
      const cell = (outcome: Outcome | 'all', region: string) =>
        own.find((row) => row.outcome === outcome && row.region === region);
      return {
        plot: regionSharesPlot({
          id: `${id}-${at}-${kind}`,
          title: `${name}, ${method}: evidence ${side} a match`,
          valueLabel: `share of the evidence ${side} a match`,
          regions: names,
          areas: names.map((region) => cell('all', region)?.area ?? Number.NaN),
          groups: present.map((outcome) => {
            const rows = names.map((region) => cell(outcome, region));
            return {
              label: `${outcomePlural(outcome)} (${rows[0]?.pairs ?? 0} pairs)`,
              n: rows[0]?.identities ?? 0,
              shares: rows.map((row) => {
                const share = row?.[kind] ?? null;
                if (share === null) return { share: Number.NaN };
                const { mean, low, high } = share;
                return low === null || high === null
                  ? { share: mean }
                  : { share: mean, interval: { low, high } };
              }),
            };
          }),
        }),
        caption:
          `${method}: mean share of the evidence ${side} a match in each region, by outcome; bars are 95 % intervals over ` +
          'persons, n their number. Dashed: the share of the image, which evidence that is spread evenly would have.',
      };
    }),
  );
}

/** The same as one drawing, a row a method. */
export function explainPlots(id: string, studies: readonly ExplainTables[]): StudyPlot[] {
  const plots = studies.flatMap((study, at) => regionPlots(`${id}-${at}`, study));
  if (plots.length === 0) return [];
  const drawn = plots.map(({ plot }) => plot);
  return [
    {
      file: 'regions',
      plot: plotGrid(`${id}-regions`, 'Evidence by region and outcome', drawn, 2),
      caption: plots.map(({ caption }) => caption).join(' '),
    },
  ];
}

/** `true match` as `true matches`. */
export function outcomePlural(outcome: string): string {
  return `${outcome}es`;
}
