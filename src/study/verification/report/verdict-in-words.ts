import { number } from '../../report/in-words.js';
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
  const from = `its area under ${name} is ${number(area.value)}${interval(area)}, which is ${distance(overControl, way)} that of random pixels`;
  const told = sample === undefined ? '' : ` (${sample})`;
  if (!beatsControl) {
    return (
      `On ${study}, no method is shown to explain better than random pixels ${by}: the best is ${best}; ${from}, ` +
      `so that is not settled${told}.`
    );
  }
  const [next] = overOthers;
  const opening = settled || overOthers.length === 0 ? `${best} explains best` : `${best} comes first`;
  const others =
    overOthers.length === 0
      ? ' It is the only method of the study.'
      : settled
        ? ` It is better than every other method, that is settled; the next is ${next.method}, its area being ${distance(next.difference, way)} that of ${next.method}.`
        : ` Whether it is better than ${list(overOthers.filter(({ difference }) => !better(difference, curve)).map(({ method }) => method))} is not settled: from ${next.method}, the next, its area differs by ${signed(next.difference)}.`;
  return `On ${study}, ${opening} ${by}: ${from}${told}.${others}`;
}

function better({ low, high }: Estimate, curve: CurveKind): boolean {
  return low !== null && high !== null && (curve === 'deletion' ? low > 0 : high < 0);
}

function interval({ low, high }: Estimate): string {
  return low === null || high === null
    ? ' (no interval: the resamples show no spread)'
    : ` (95 % interval ${number(low)} to ${number(high)})`;
}

/** How far below or above: positive where it is on that side. */
function distance(difference: Estimate, way: 'below' | 'above'): string {
  const { value, low, high } = way === 'above' ? difference : turned(difference);
  return `${number(value)}${interval({ value, low, high })} ${way}`;
}

function turned({ value, low, high }: Estimate): Estimate {
  return { value: -value, low: high === null ? null : -high, high: low === null ? null : -low };
}

function signed(difference: Estimate): string {
  return `${number(difference.value)}${interval(difference)}`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
