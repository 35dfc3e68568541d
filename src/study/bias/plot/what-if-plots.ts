import { rankingPlot } from '../../../report/plot/ranking-plot.js';
import { inWords } from '../../report/in-words.js';
import { keyInWords } from '../labels/key-in-words.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { GroupingMeasures } from '../measure/grouping-measures.js';
import { plotName } from './plot-name.js';

/** How the accuracy of each group moves where a region is hidden in it: one plot a region. */
export function whatIfPlots({ key, whatIf }: GroupingMeasures): StudyPlot[] {
  return [...new Set(whatIf.map(({ region }) => region))].flatMap((region) => {
    const rows = whatIf.flatMap(({ region: own, group, accuracy, images }) =>
      own !== region || accuracy === null
        ? []
        : [
            {
              label: inWords(group),
              value: 100 * accuracy.difference,
              interval: { low: 100 * accuracy.interval.low, high: 100 * accuracy.interval.high },
              n: images,
            },
          ],
    );
    if (rows.length === 0) return [];
    const file = plotName('what-if', region, key);
    return [
      {
        file,
        plot: rankingPlot({
          id: `bias-${file}`,
          title: `${inWords(region)} hidden`,
          valueLabel: 'change of the right decisions, in 100 images',
          rows,
        }),
        caption:
          `The ${inWords(region)} hidden${key === '' ? '' : `, by ${keyInWords(key)}`}: left of 0 the model gets worse. ` +
          'Each image is compared with itself; 95 % intervals of paired rates (Agresti and Min).',
      },
    ];
  });
}
