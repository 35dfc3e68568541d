import { radarPlot } from '../../../report/plot/radar-plot.js';
import { rankingPlot } from '../../../report/plot/ranking-plot.js';
import { regionSharesPlot } from '../../../report/plot/region-shares-plot.js';
import { inWords } from '../../report/in-words.js';
import { keyInWords } from '../labels/key-in-words.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { GroupingMeasures } from '../measure/grouping-measures.js';
import { plotName } from './plot-name.js';

/** Outlines of more groups cannot be told apart. */
const mostOutlines = 6;

/** Groups by outcome; more in a row of a region cannot be read. */
const mostHeatRows = 4;

/** Which regions the mistakes about each group lean on, and how that differs between groups. */
export function featurePlots(grouping: GroupingMeasures): StudyPlot[] {
  return [...probabilityPlots(grouping), ...heatPlot(grouping)];
}

function probabilityPlots({ key, regions, mistakes }: GroupingMeasures): StudyPlot[] {
  if (mistakes === null) return [];
  // Groups with too few mistakes have no probabilities.
  const groups = mistakes.groups.flatMap(({ group, images }, at) => {
    const rates = mistakes.features.map(({ probability }) => probability[at]);
    return rates.every(({ rate }) => rate !== null) ? [{ group, images, rates }] : [];
  });
  if (groups.length === 0 || groups.length > mostOutlines || regions.length < 3) {
    return mistakes.score.value === null ? [] : [biasPlot(key, mistakes)];
  }
  const by = keyInWords(key);
  const plots: StudyPlot[] = [];
  const label = 'share of the mistakes in which the region is active';
  const radar = plotName('feature-radar', key);
  plots.push({
    file: radar,
    plot: radarPlot({
      id: `bias-${radar}`,
      title: `What mistakes lean on, by ${by}`,
      valueLabel: label,
      axes: regions,
      series: groups.map(({ group, images, rates }) => ({
        label: inWords(group),
        note: `${images} mistakes`,
        values: rates.map(({ rate }) => rate ?? Number.NaN),
      })),
    }),
    caption:
      'For each region, the share of the mistakes about a group in which the map lights it up. Outlines of one shape: the ' +
      'mistakes lean on the same features, whoever is in the picture.',
  });
  const file = plotName('feature-probabilities', key);
  plots.push({
    file,
    plot: regionSharesPlot({
      id: `bias-${file}`,
      title: `The same with intervals, by ${by}`,
      valueLabel: label,
      regions,
      bars: true,
      groups: groups.map(({ group, images, rates }) => ({
        label: inWords(group),
        n: images,
        shares: rates.map((rate) => ({
          share: rate.rate ?? Number.NaN,
          interval: rate.rate === null ? undefined : rate.interval,
        })),
      })),
    }),
    caption: 'Bars are the shares, lines 95 % intervals (Clopper-Pearson); n counts mistakes.',
  });
  if (mistakes.score.value !== null) plots.push(biasPlot(key, mistakes));
  return plots;
}

function biasPlot(key: string, mistakes: NonNullable<GroupingMeasures['mistakes']>): StudyPlot {
  const file = plotName('feature-bias', key);
  const count = mistakes.groups.reduce((sum, { images }) => sum + images, 0);
  return {
    file,
    plot: rankingPlot({
      id: `bias-${file}`,
      title: `Feature bias, by ${keyInWords(key)}`,
      valueLabel: 'largest difference between two groups, in 100 mistakes',
      rows: mistakes.features
        .flatMap(({ feature, bias }) =>
          // A region that is active in no mistake has no bias to show.
          bias.value === null || bias.value === 0
            ? []
            : [
                {
                  label: inWords(feature),
                  value: 100 * bias.value,
                  interval: bias.interval && { low: 100 * bias.interval.low, high: 100 * bias.interval.high },
                  n: count,
                },
              ],
        )
        .toSorted((a, b) => b.value - a.value),
    }),
    caption:
      'How much more often a region is active in the mistakes about one group than in those about another, with 95 % ' +
      'bootstrap intervals. Never negative, so chance alone makes it larger than 0: see the p values in the table.',
  };
}

function heatPlot({ key, heat, regions }: GroupingMeasures): StudyPlot[] {
  const shown = heat.filter(({ shares }) => shares.some(({ value }) => value !== null));
  if (shown.length === 0 || shown.length > mostHeatRows) return [];
  const file = plotName('heat', key);
  return [
    {
      file,
      plot: regionSharesPlot({
        id: `bias-${file}`,
        title: key === '' ? 'Where the heat lies' : `Where the heat lies, by ${keyInWords(key)}`,
        valueLabel: 'share of the heat of the map',
        regions,
        groups: shown.map(({ group, outcome, images, shares }) => ({
          label: key === '' ? outcome : `${inWords(group)}, ${outcome}`,
          n: images,
          shares: shares.map((share) => ({
            share: share.value ?? Number.NaN,
            interval: share.value === null ? undefined : share.interval,
          })),
        })),
      }),
      caption:
        'The share of the heat that lies in the box of each region: mean over images and 95 % bootstrap interval. Boxes ' +
        'overlap and do not cover the picture, so shares do not add up to 100 %.',
    },
  ];
}
