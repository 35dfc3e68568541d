import type { Report } from '../../report/html/report.js';
import { regionSharesPlot } from '../../report/plot/region-shares-plot.js';
import { images, inWords, percent } from '../report/in-words.js';
import type { EvidenceSummary } from './summarise-evidence.js';

interface Group {
  readonly group: string | null | undefined;
  readonly n: number;
  readonly evidence: readonly EvidenceSummary[];
}

/**
 * The regions by their share of the maps: a plot a group, and the table of all images.
 * @param signed whether values below 0 mean something.
 */
export function evidenceSection(groups: readonly Group[], signed: boolean): Report['sections'][number] {
  const shown = signed
    ? ([
        ['above 0', 'positive'],
        ['below 0', 'negative'],
      ] as const)
    : ([['share of the map', 'absolute']] as const);
  const plots = groups.map(({ group, n, evidence }, at) => ({
    plot: regionSharesPlot({
      id: `evidence-${at}`,
      title: group ?? 'All images',
      valueLabel: signed ? 'Mean share of the values of a map' : 'Mean share of a map',
      regions: evidence.map(({ region }) => region),
      groups: shown.map(([label, quantity]) => ({
        label,
        n: evidence[0]?.subjects ?? 0,
        shares: evidence.map((region) => ({
          share: region[quantity].mean,
          interval: region[quantity].interval,
        })),
      })),
      areas: evidence.map(({ area }) => area),
    }),
    caption: `${group ?? 'All images'}, n = ${n}, by the share of absolute values. Dots are means, bars 95 % intervals.`,
  }));
  const columns = signed ? (['absolute', 'positive', 'negative'] as const) : (['absolute'] as const);
  const titles = {
    absolute: 'of absolute values',
    positive: 'of values above 0',
    negative: 'of values below 0',
  };
  return {
    title: 'Regions ranked by their share of the maps',
    blocks: [
      { kind: 'plots', plots },
      {
        kind: 'table',
        caption: 'Mean shares over all images in percent, with 95 % intervals.',
        columns: [
          { name: 'region' },
          { name: 'n', numeric: true },
          { name: 'of the area', numeric: true },
          ...columns.map((quantity) => ({ name: titles[quantity], numeric: true })),
        ],
        rows: (groups.at(0)?.evidence ?? []).map((region) => [
          inWords(region.region),
          String(region.n),
          percent(region.area),
          ...columns.map((quantity) => shareInWords(region[quantity])),
        ]),
      },
    ],
  };
}

/** The first line of a report: which region holds most of the maps. */
export function evidenceInWords(model: string, target: string, { evidence }: Group): string {
  const [{ region, n, area, absolute }] = evidence;
  const second = evidence.at(1);
  const next =
    second === undefined
      ? ''
      : ` Next is the ${inWords(second.region)} (${shareInWords(second.absolute)} on ${percent(second.area)} %).`;
  return (
    `In the maps of the ${target} of ${model}, the ${inWords(region)} holds most: ${shareInWords(absolute)} ` +
    `of the absolute values on ${percent(area)} % of the area, on average over ${images(n)}.${next}`
  );
}

function shareInWords({ mean, interval }: EvidenceSummary['absolute']): string {
  // A number that went through JSON: null stands for NaN.
  if ((mean as number | null) === null || Number.isNaN(mean)) return 'none';
  const range =
    interval === undefined
      ? ' (n too small for an interval)'
      : ` (${percent(interval.low)} to ${percent(interval.high)})`;
  return `${percent(mean)} %${range}`;
}
