import { rankingPlot } from '../../../report/plot/ranking-plot.js';
import { inWords } from '../../report/in-words.js';
import { keyInWords } from '../labels/key-in-words.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { GroupingMeasures } from '../measure/grouping-measures.js';
import { plotName } from './plot-name.js';

/** How often the model is wrong in each group. */
export function mistakePlot({ key, groups }: GroupingMeasures): StudyPlot[] {
  if (key === '') return [];
  const file = plotName('mistakes', key);
  return [
    {
      file,
      plot: rankingPlot({
        id: `bias-${file}`,
        title: `Mistakes by ${keyInWords(key)}`,
        valueLabel: 'wrong decisions, in 100 images',
        rows: groups.flatMap(({ group, accuracy, images }) =>
          accuracy.rate === null
            ? []
            : [
                {
                  label: inWords(group),
                  value: 100 * (1 - accuracy.rate),
                  interval: {
                    low: 100 * (1 - accuracy.interval.high),
                    high: 100 * (1 - accuracy.interval.low),
                  },
                  n: images,
                },
              ],
        ),
      }),
      caption: `Wrong decisions by ${keyInWords(key)}: dots, with 95 % intervals (Clopper-Pearson). Groups with too few images are in the table only.`,
    },
  ];
}
