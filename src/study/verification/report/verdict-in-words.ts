import { areaNumber } from '../plot/area-in-words.js';
import type { Estimate } from '../replace/curve-areas.js';
import type { CurveKind } from '../replace/curve-kinds.js';
import type { Verdict } from '../replace/verdict.js';

const rateNames = { fnmr: 'FNMR', fmr: 'FMR', hter: 'HTER', accuracy: 'accuracy' } as const;
const doing: Readonly<Record<CurveKind, string>> = {
  replacement: 'putting pixels back',
  insertion: 'insertion',
  deletion: 'deletion',
};

/**
 * Which method explains best by one kind of curve, against random pixels and against the other methods, and whether that
 * is settled.
 * @param study its name.
 * @param sample pairs, persons and threshold, in words; left out where they were told before.
 */
export function verdictInWords(study: string, verdict: Verdict, sample?: string): string {
  const { curve, rate, best, area, overControl, overOthers, beatsControl, settled } = verdict;
  const name = rateNames[rate];
  const way = curve === 'deletion' ? 'above' : 'below';
  const by = `by ${doing[curve]}`;
  const from = `its area under ${name} is ${areaNumber(area.value)}${interval(area)}, which is ${distance(overControl, way)} that of random pixels`;
  const told = sample === undefined ? '' : ` (${sample})`;
  if (!beatsControl) {
    return (
      `On ${study}, no method is shown to explain better than random pixels ${by}: the best is ${best}; ${from}, ` +
      `so that is not settled${told}.`
    );
  }
  const [next] = overOthers;
  const open = overOthers.filter(({ difference }) => !better(difference, curve)).map(({ method }) => method);
  const opening = settled || overOthers.length === 0 ? `${best} explains best` : `${best} comes first`;
  const others =
    overOthers.length === 0
      ? ' It is the only method of the study.'
      : settled
        ? ` It is better than every other method, and that is settled; the nearest, ${next.method}, lies ${distance(next.difference, way, 'behind')}.`
        : ` Whether it is better than ${list(open)} is not settled; the nearest, ${next.method}, lies ${distance(next.difference, way, 'behind')}.`;
  return `On ${study}, ${opening} ${by}: ${from}${told}.${others}`;
}

function better({ low, high }: Estimate, curve: CurveKind): boolean {
  return low !== null && high !== null && (curve === 'deletion' ? low > 0 : high < 0);
}

function interval({ low, high }: Estimate): string {
  return low === null || high === null
    ? ' (no interval: the resamples show no spread)'
    : ` (95 % interval ${areaNumber(low)} to ${areaNumber(high)})`;
}

/** How far on the good side, which is below or above: positive where it is there. */
function distance(difference: Estimate, way: 'below' | 'above', word: string = way): string {
  const { value, low, high } = way === 'above' ? difference : turned(difference);
  return `${areaNumber(value)}${interval({ value, low, high })} ${word}`;
}

function turned({ value, low, high }: Estimate): Estimate {
  return { value: -value, low: high === null ? null : -high, high: low === null ? null : -low };
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
