import { decisionCurvePlot } from '../../../report/plot/decision-curve-plot.js';
import { inWords } from '../../report/in-words.js';
import { keyInWords } from '../labels/key-in-words.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { ClassCurves } from '../measure/class-curves.js';
import type { GroupingMeasures } from '../measure/grouping-measures.js';
import { plotName } from './plot-name.js';

/** Lines of more groups cannot be told apart. */
const mostLines = 6;

/** ROC and precision-recall curves: of every class for all images together, of each class by group otherwise. */
export function curvePlots({ key, curves }: GroupingMeasures): StudyPlot[] {
  const drawn = curves.filter(({ area }) => area !== null);
  if (drawn.length === 0) return [];
  const classes = [...new Set(drawn.map((curve) => curve.class))];
  if (key === '') return pairOf('', 'all images', drawn.slice(0, mostLines), (curve) => curve.class);
  return classes.flatMap((name) => {
    const own = drawn.filter((curve) => curve.class === name);
    return own.length > mostLines
      ? []
      : pairOf(plotName(key, name), `“${name}” by ${keyInWords(key)}`, own, ({ group }) => inWords(group));
  });
}

function pairOf(
  name: string,
  what: string,
  curves: readonly ClassCurves[],
  label: (curve: ClassCurves) => string,
): StudyPlot[] {
  const [roc, precisionRecall] = [plotName('roc', name), plotName('precision-recall', name)];
  return [
    {
      file: roc,
      plot: decisionCurvePlot({
        id: `bias-${roc}`,
        title: `ROC: ${what}`,
        horizontalLabel: 'false positive rate',
        verticalLabel: 'true positive rate',
        diagonal: true,
        series: curves.map((curve) => ({
          label: label(curve),
          note: areaInWords(curve),
          x: curve.roc.falsePositiveRate,
          y: curve.roc.truePositiveRate,
          operating: pointOf(curve.decided.falsePositiveRate, curve.decided.truePositiveRate),
        })),
      }),
      caption:
        'Each curve shows all thresholds; the marker is the decision that was made. AUC with its 95 % interval (DeLong).',
    },
    {
      file: precisionRecall,
      plot: decisionCurvePlot({
        id: `bias-${precisionRecall}`,
        title: `Precision and recall: ${what}`,
        horizontalLabel: 'recall',
        verticalLabel: 'precision',
        diagonal: false,
        series: curves.map((curve) => ({
          label: label(curve),
          note: `AP ${curve.averagePrecision!.toFixed(3)}, n = ${curve.positives} + ${curve.negatives}`,
          x: curve.precisionRecall.recall,
          y: curve.precisionRecall.precision,
          operating: pointOf(curve.decided.truePositiveRate, curve.decided.precision),
        })),
      }),
      caption:
        'Of those taken for the class, how many are of it (precision), over how many of it are found (recall). AP: average ' +
        'precision. It depends on how common the class is in the group.',
    },
  ];
}

function areaInWords({ area, positives, negatives }: ClassCurves): string {
  const { value, interval } = area!;
  const range = interval === null ? '' : ` (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`;
  return `AUC ${value.toFixed(3)}${range}, n = ${positives} + ${negatives}`;
}

function pointOf(x: number | null, y: number | null) {
  return x === null || y === null ? undefined : { x, y };
}
