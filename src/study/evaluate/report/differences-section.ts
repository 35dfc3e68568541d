import type { Report } from '../../../report/html/report.js';
import { percent, pInWords } from '../../report/in-words.js';
import type { ErrorDifference } from '../paired/compare-decisions.js';

/** How each system differs from the first; nothing where there is only one. */
export function differencesSection(differences: readonly ErrorDifference[]): Report['sections'] {
  if (differences.length === 0) return [];
  const [{ baseline }] = differences;
  const several = new Set(differences.map(({ system }) => system)).size > 1;
  const about = differences.some(({ of }) => of !== '');
  const tested = differences.some(({ p }) => p !== null);
  return [
    {
      title: `Differences to ${baseline}`,
      blocks: [
        {
          kind: 'table',
          caption:
            `Error rates less those of ${baseline} on the same images, each system at its own threshold, in points; below 0 is ` +
            'better. New errors are wrong here only, mended ones there only.',
          columns: [
            ...(several ? [{ name: 'system' }] : []),
            { name: 'measure' },
            ...(about ? [{ name: 'of' }] : []),
            { name: 'difference (95 %)' },
            { name: baseline, numeric: true },
            { name: several ? 'errors' : differences[0].system, numeric: true },
            { name: 'new', numeric: true },
            { name: 'mended', numeric: true },
            { name: 'trials', numeric: true },
            ...(tested ? [{ name: 'p (Holm)', numeric: true }] : []),
          ],
          rows: differences.map((each) => [
            ...(several ? [each.system] : []),
            each.measure,
            ...(about ? [each.of] : []),
            differenceInWords(each),
            String(each.baselineErrors),
            String(each.errors),
            String(each.newErrors),
            String(each.mendedErrors),
            String(each.trials),
            ...(tested ? [pInWords(each.adjusted)] : []),
          ]),
        },
      ],
    },
  ];
}

/** `−3.10 points (−5.00 to −1.20)`. */
export function differenceInWords({ difference, low, high }: ErrorDifference): string {
  const interval =
    low === null || high === null ? 'too few changes for an interval' : `${signed(low)} to ${signed(high)}`;
  return `${signed(difference)} points (${interval})`;
}

function signed(rate: number): string {
  return rate > 0 ? `+${percent(rate)}` : percent(rate);
}
