import type { RankedRegion } from '../../measure/rank-regions.js';
import type { Block, Report } from '../../report/html/report.js';
import { rankingPlot } from '../../report/plot/ranking-plot.js';
import { images, inWords, number, withInterval } from './in-words.js';

/** The ranking of one group of images; `group` is null or undefined for all of them. */
export interface Ranking {
  readonly group: string | null | undefined;
  readonly n: number;
  readonly regions: readonly RankedRegion[];
}

/**
 * Regions, or the cells of a grid, ranked by their mean absolute effect: a plot a group, and the table of all images.
 * @param id unique on the page.
 * @param quantity what moves when a part is hidden, in words.
 */
export function rankingSection(
  title: string,
  id: string,
  quantity: string,
  rankings: readonly Ranking[],
): Report['sections'][number] {
  const plots = rankings.map(({ group, n, regions }, at): Block => ({
    kind: 'plot',
    plot: rankingPlot({
      id: `${id.replaceAll(/[^\w]+/g, '-')}-${at}`,
      title: group ?? (rankings.length > 1 ? 'All images' : title),
      valueLabel: `mean absolute change of the ${quantity} when hidden`,
      rows: regions.map(({ region, n: count, absoluteEffect }) => ({
        label: inWords(region),
        value: absoluteEffect.mean,
        interval: absoluteEffect.interval,
        n: count,
      })),
    }),
    caption: `${group ?? 'All images'}, n = ${n}. Dots are means, bars 95 % intervals.`,
  }));
  return { title, blocks: [...plots, ...rankings.slice(0, 1).map(({ regions }) => rankingTable(regions))] };
}

function rankingTable(regions: readonly RankedRegion[]): Block {
  return {
    kind: 'table',
    caption: 'The same numbers, with the signed effect: above 0 the part speaks for the explained value.',
    columns: [
      { name: 'part' },
      { name: 'n', numeric: true },
      { name: 'mean absolute effect', numeric: true },
      { name: 'mean effect', numeric: true },
      { name: 'largest in', numeric: true },
    ],
    rows: regions.map(({ region, n, effect, absoluteEffect, largest }) => [
      inWords(region),
      String(n),
      withInterval(absoluteEffect.mean, absoluteEffect.interval),
      withInterval(effect.mean, effect.interval),
      `${largest.images} of ${n}`,
    ]),
  };
}

/** The first line of a report: which part matters most, by how much, and whether that is settled. */
export function rankingInWords(subject: string, quantity: string, regions: readonly RankedRegion[]): string {
  const first = regions[0];
  const second = regions.at(1);
  const { mean, interval } = first.absoluteEffect;
  const next =
    second === undefined
      ? ''
      : ` Next is the ${inWords(second.region)} (${number(second.absoluteEffect.mean)}).`;
  const settled =
    second === undefined || interval === undefined || interval.low > second.absoluteEffect.mean
      ? ''
      : ' The intervals overlap, so the order is not settled.';
  return (
    `For ${subject}, hiding the ${inWords(first.region)} moves the ${quantity} most: by ${withInterval(mean, interval)} ` +
    `on average over ${images(first.n)}.${next}${settled}`
  );
}
