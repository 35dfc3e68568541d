import type { Comparison } from '../../../measure/compare-with-reference.js';
import { colourName, cropName, type Preprocessing } from '../../../model/doctor/candidates.js';
import type { AxisRow, Measured, RankingRow } from '../doctor-findings.js';
import type { Ranking } from './rank-variants.js';

/**
 * What each axis of the preprocessing does: the variants that differ from the chosen one in one thing.
 * @param rows of all variants, in the order of the ranking's comparisons.
 * @param enough whether the samples are enough for intervals.
 */
export function axisRows(
  rows: readonly Pick<RankingRow, 'preprocessing' | 'verdict'>[],
  { chosen: best, first, second }: Pick<Ranking, 'chosen' | 'first' | 'second'>,
  enough: boolean,
): AxisRow[] {
  const chosen = rows[best].preprocessing;
  const own = axesOf(chosen);
  const order = Object.keys(own) as AxisRow['axis'][];
  const difference = ({ difference: value, differenceInterval }: Comparison): Measured => ({
    value,
    interval: enough ? (differenceInterval ?? null) : null,
  });
  const found = rows.flatMap(({ preprocessing, verdict }, at): AxisRow[] => {
    const other = axesOf(preprocessing);
    const differing = order.filter((axis) => other[axis] !== own[axis]);
    // A crop has a border of its own; `border` is for boxes that are otherwise the same.
    const axes = differing.filter((axis) => {
      if (axis === 'border') return !differing.includes('crop');
      // The same numbers in another order of channels have another name.
      return axis !== 'range' || !sameNumbers(preprocessing, chosen);
    });
    if (axes.length !== 1) return [];
    const [axis] = axes;
    return [
      { axis, instead: other[axis], first: difference(first[at]), second: difference(second[at]), verdict },
    ];
  });
  const inOrder = found.sort(
    (a, b) =>
      order.indexOf(a.axis) - order.indexOf(b.axis) ||
      a.first.value - b.first.value ||
      a.second.value - b.second.value,
  );
  // One crop with several borders shows once, with the best of them.
  const shown = new Set<string>();
  return inOrder.filter(({ axis, instead }) => {
    const key = `${axis} ${instead}`;
    return shown.size !== shown.add(key).size;
  });
}

function sameNumbers(a: Preprocessing, b: Preprocessing): boolean {
  return JSON.stringify([a.mean, a.std]) === JSON.stringify([b.mean, b.std]);
}

function axesOf(preprocessing: Preprocessing): Record<AxisRow['axis'], string> {
  const { channels, crop, resize } = preprocessing;
  const colour = colourName(preprocessing);
  const [shape, border = ''] = cropName(crop).split(', ');
  return {
    'channel order': channels,
    range: colour.slice(channels.length + 1),
    crop: shape,
    border,
    resize,
  };
}
