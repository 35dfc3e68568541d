import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Preprocessing } from '../../../../src/model/doctor/candidates.js';
import { axisRows } from '../../../../src/study/doctor/diagnosis/axis-rows.js';

const base: Preprocessing = {
  channels: 'RGB',
  mean: [0],
  std: [255],
  crop: { kind: 'box', scale: 1.5, square: true, border: 'black' },
  resize: 'linear',
};
const box = (scale: number, border: 'black' | 'shift') =>
  ({ kind: 'box', scale, square: true, border }) as const;

it('shows what differs from the chosen one in one thing, a crop once with its best border', () => {
  const tried: [difference: number, Preprocessing][] = [
    [0, base],
    [0.3, { ...base, channels: 'BGR' }],
    [0.2, { ...base, std: [1] }],
    // Two things at once.
    [0.4, { ...base, channels: 'BGR', std: [1] }],
    [0.1, { ...base, crop: box(1.5, 'shift') }],
    [0.25, { ...base, crop: box(2, 'black') }],
    [0.15, { ...base, crop: box(2, 'shift') }],
    [0.05, { ...base, resize: 'cubic' }],
  ];
  const rows = tried.map(([difference, preprocessing]) => ({
    preprocessing,
    verdict: difference === 0 ? ('chosen' as const) : ('tie' as const),
  }));
  const comparisons = tried.map(([difference]) => ({
    difference,
    differenceInterval: { low: difference - 0.05, high: difference + 0.05, level: 0.95 },
    interval: undefined,
    standardError: 0.02,
    worse: false,
    withinOneError: true,
  }));
  const ranking = { chosen: 0, first: comparisons, second: comparisons };
  const found = axisRows(rows, ranking, true);
  assert.deepEqual(
    found.map(({ axis, instead, first }) => [axis, instead, first.value]),
    [
      ['channel order', 'BGR', 0.3],
      ['range', '0..255', 0.2],
      ['crop', 'box x 2.0', 0.15],
      ['border', 'shift', 0.1],
      ['resize', 'cubic', 0.05],
    ],
  );
  assert.deepEqual(found[0].first.interval, comparisons[1].differenceInterval);
  assert.ok(axisRows(rows, ranking, false).every(({ first }) => first.interval === null));
});
