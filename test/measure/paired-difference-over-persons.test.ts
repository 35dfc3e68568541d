import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pairedDifference } from '../../src/measure/paired-difference.js';
import { pairedDifferenceOverPersons } from '../../src/measure/paired-difference-over-persons.js';
import type { PairIdentities } from '../../src/measure/identity-bootstrap.js';
import { RandomState } from '../../src/tensor/random.js';

const random = new RandomState(4);
const before = Array.from({ length: 300 }, () => random.uniform(0, 1) < 0.3);
const after = before.map((wrong) => (random.uniform(0, 1) < 0.2 ? !wrong : wrong));
const alone = (at: number): PairIdentities => [`p${at}`, `p${at}`];

describe('pairedDifferenceOverPersons', () => {
  it('is the closed form, but for the resampling, where every trial is of another person', () => {
    const found = pairedDifferenceOverPersons(
      before,
      after,
      before.map((_, at) => alone(at)),
      { resamples: 10_000 },
    )!;
    const { interval } = pairedDifference(before, after)!;
    assert.ok(Math.abs(found.low - interval.low) < 0.006, `${found.low} ${interval.low}`);
    assert.ok(Math.abs(found.high - interval.high) < 0.006, `${found.high} ${interval.high}`);
  });

  it('does not take four images of a person for four persons', () => {
    const four = <Value>(values: readonly Value[]) => values.flatMap((value) => [value, value, value, value]);
    const persons = before.map((_, at) => alone(at));
    const once = pairedDifferenceOverPersons(before, after, persons);
    assert.deepEqual(pairedDifferenceOverPersons(four(before), four(after), four(persons)), once);
    const independent = pairedDifference(four(before), four(after))!.interval;
    assert.ok(independent.high - independent.low < 0.6 * (once!.high - once!.low));
  });

  it('has no interval where nothing changed, and refuses lists of different lengths', () => {
    const persons = before.map((_, at) => alone(at));
    assert.equal(pairedDifferenceOverPersons(before, before, persons), undefined);
    assert.throws(() => pairedDifferenceOverPersons(before, after.slice(1), persons), RangeError);
  });
});
