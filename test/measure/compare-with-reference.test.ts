import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compareWithReference, percentileInterval } from '../../src/measure/compare-with-reference.js';
import { RandomState } from '../../src/tensor/random.js';

/** Resamples of the means of columns. */
function resampledMeans(rows: readonly (readonly number[])[], count: number): number[][] {
  const random = new RandomState(1);
  return Array.from({ length: count }, () => {
    const drawn = rows.map(() => rows[random.integer(0, rows.length)]);
    return rows[0].map((_, column) => drawn.reduce((sum, row) => sum + row[column], 0) / rows.length);
  });
}

const means = (rows: readonly (readonly number[])[]) =>
  rows[0].map((_, column) => rows.reduce((sum, row) => sum + row[column], 0) / rows.length);

it('calls a clear difference real and an equal alternative a tie', () => {
  const random = new RandomState(3);
  // The second follows the first closely, the third lies far below, the fourth is the first.
  const rows = Array.from({ length: 40 }, () => {
    const base = random.normal();
    return [base, base + 0.05 * random.normal(), base - 2 + 0.1 * random.normal(), base];
  });
  const values = means(rows);
  const compared = compareWithReference(values, resampledMeans(rows, 500), 0);
  assert.deepEqual(
    compared.map(({ worse }) => worse),
    [false, false, true, false],
  );
  assert.equal(compared[0].difference, 0);
  assert.ok(compared[3].withinOneError && compared[3].standardError < 1e-9);
  const third = compared[2];
  // Paired: the spread of the difference, 0.1, not that of the values, 1.
  assert.ok(Math.abs(third.standardError - 0.1 / Math.sqrt(40)) < 0.008);
  assert.ok(
    third.differenceInterval!.low < third.difference && third.difference < third.differenceInterval!.high,
  );
});

it('among many alternatives that are equal in truth seldom calls one worse', () => {
  let studies = 0;
  for (let study = 0; study < 60; study++) {
    const random = new RandomState([5, study]);
    const rows = Array.from({ length: 30 }, () => Array.from({ length: 12 }, () => random.normal()));
    const compared = compareWithReference(means(rows), resampledMeans(rows, 200), 0);
    if (compared.some(({ worse }) => worse)) studies++;
  }
  // 5 % of 60 are 3; twelve separate tests at 5 % each would give some 26.
  assert.ok(studies <= 9, `${studies} of 60`);
});

it('leaves out resamples that lack a value, and gives no interval without spread', () => {
  const compared = compareWithReference(
    [1, 0.5],
    [
      [Number.NaN, 0.5],
      [1, 0.5],
      [1, 0.5],
    ],
    0,
  );
  assert.deepEqual([compared[1].worse, compared[1].interval], [true, undefined]);
  assert.equal(percentileInterval([2, 2, 2]), undefined);
  const { low, high } = percentileInterval(Array.from({ length: 101 }, (_, i) => i))!;
  assert.ok(Math.abs(low - 2.5) < 1e-9 && Math.abs(high - 97.5) < 1e-9);
  assert.equal(compareWithReference([1, 0], [], 0)[1].worse, false);
});
