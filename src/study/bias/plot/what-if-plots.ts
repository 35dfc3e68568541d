import { rankingPlot, type RankingRow } from '../../../report/plot/ranking-plot.js';
import { inWords } from '../../report/in-words.js';
import { keyInWords } from '../labels/key-in-words.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { GroupingMeasures } from '../measure/grouping-measures.js';
import type { WhatIf } from '../measure/what-if.js';
import { plotName } from './plot-name.js';

const caption =
  'left of 0 the model gets worse. Each image is compared with itself; 95 % intervals of paired rates (Agresti and Min).';

/** How the accuracy moves where a region is hidden: by region over all images, or one plot a region by group. */
export function whatIfPlots({ key, whatIf }: GroupingMeasures): StudyPlot[] {
  if (key === '') return plotOf(plotName('what-if'), 'A region hidden, all images: ', whatIf, 'region');
  return [...new Set(whatIf.map(({ region }) => region))].flatMap((region) =>
    plotOf(
      plotName('what-if', region, key),
      `The ${inWords(region)} hidden, by ${keyInWords(key)}: `,
      whatIf.filter((each) => each.region === region),
      'group',
    ),
  );
}

function plotOf(
  file: string,
  what: string,
  whatIf: readonly WhatIf[],
  label: 'region' | 'group',
): StudyPlot[] {
  const rows = whatIf.flatMap(({ accuracy, ...each }): RankingRow[] =>
    accuracy === null
      ? []
      : [
          {
            label: inWords(each[label]),
            value: 100 * accuracy.difference,
            interval: { low: 100 * accuracy.interval.low, high: 100 * accuracy.interval.high },
            n: each.images,
          },
        ],
  );
  if (rows.length === 0) return [];
  const valueLabel = 'change of the right decisions, in 100 images';
  return [
    {
      file,
      plot: rankingPlot({ id: `bias-${file}`, title: what.replace(/: $/, ''), valueLabel, rows }),
      caption: `${what}${caption}`,
    },
  ];
}
