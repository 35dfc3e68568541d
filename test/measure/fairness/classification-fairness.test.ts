import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classificationFairness } from '../../../src/measure/fairness/classification-fairness.js';
import type { FairnessCriterion } from '../../../src/measure/fairness/criteria.js';
import type { Measured } from '../../../src/measure/measured.js';
import { readGolden, readTable } from '../read-table.js';

const golden = readGolden('fairness/fairness.json') as Record<string, number> & {
  difference_between_groups: Record<string, number>;
  ratio_between_groups: Record<string, number>;
  two_groups_a_b: Record<string, number>;
};
const samples = readTable('fairness/fairness_table.csv').map(({ group, label, prediction }) => ({
  group,
  actual: label,
  predicted: prediction,
}));

function near(actual: Measured, expected: number): void {
  assert.ok(
    actual.value !== null && Math.abs(actual.value - expected) <= 1e-9,
    `${actual.value} is not ${expected}`,
  );
}

function disparities(of = samples, positive = '1', options = { resamples: 20 }) {
  const all = classificationFairness(of, positive, options);
  return (criterion: FairnessCriterion) => all.find((own) => own.criterion === criterion)!;
}

describe('classificationFairness', () => {
  it("has Fairlearn's differences and ratios between three groups", () => {
    const of = disparities();
    near(of('demographicParity').difference, golden.demographic_parity_difference);
    near(of('demographicParity').ratio, golden.demographic_parity_ratio);
    near(of('equalizedOdds').difference, golden.equalized_odds_difference);
    near(of('equalizedOdds').meanDifference, golden.equalized_odds_difference_mean);
    near(of('equalizedOdds').ratio, golden.equalized_odds_ratio);
    near(of('equalOpportunity').difference, golden.equal_opportunity_difference);
    near(of('equalOpportunity').ratio, golden.equal_opportunity_ratio);
    near(of('accuracyParity').difference, golden.difference_between_groups.accuracy);
    near(of('accuracyParity').ratio, golden.ratio_between_groups.accuracy);
  });

  it('has them for the other class: its true positives are the true negatives of the first', () => {
    const of = disparities(samples, '0');
    near(of('equalOpportunity').difference, golden.difference_between_groups.tnr);
    near(of('equalOpportunity').ratio, golden.ratio_between_groups.tnr);
    near(
      of('equalizedOdds').ratio,
      Math.min(golden.ratio_between_groups.tnr, golden.ratio_between_groups.fnr),
    );
  });

  it('has them between two groups', () => {
    const of = disparities(samples.filter(({ group }) => group !== 'c'));
    near(of('demographicParity').difference, golden.two_groups_a_b.demographic_parity_difference);
    near(of('equalizedOdds').difference, golden.two_groups_a_b.equalized_odds_difference);
    near(of('equalizedOdds').ratio, golden.two_groups_a_b.equalized_odds_ratio);
  });

  it('compares predictive values as counted by hand', () => {
    // Of the images taken for 1: 69 of 88, 51 of 58, 39 of 52 are; of the others 87 of 104, 47 of 66, 27 of 32 are 0.
    const of = disparities();
    near(of('predictiveParity').difference, 51 / 58 - 39 / 52);
    near(of('predictiveParity').ratio, 39 / 52 / (51 / 58));
    near(of('conditionalUseAccuracy').difference, 27 / 32 - 47 / 66);
    near(of('conditionalUseAccuracy').meanDifference, (51 / 58 - 39 / 52 + 27 / 32 - 47 / 66) / 2);
  });

  it('leaves out a group with too few trials and says why', () => {
    const few = [...samples, { group: 'd', actual: '0', predicted: '0' }];
    const of = disparities(few);
    assert.deepEqual(of('equalizedOdds').groups, ['a', 'b', 'c']);
    assert.deepEqual(of('equalizedOdds').leftOut, [{ group: 'd', reason: '0 images of 1, fewer than 10' }]);
    near(of('equalizedOdds').difference, golden.equalized_odds_difference);
    const one = classificationFairness(
      samples.filter(({ group }) => group === 'a'),
      '1',
    );
    for (const { difference, ratio } of one) {
      assert.equal(difference.value, null);
      assert.equal(ratio.value, null);
    }
  });

  it('has no ratio of rates that are all 0', () => {
    const none = samples.map((sample) => ({ ...sample, predicted: '0' }));
    const of = disparities(none);
    near(of('demographicParity').difference, 0);
    assert.deepEqual(of('demographicParity').ratio, { value: null, reason: 'the rate is 0 in all groups' });
    // Nobody is taken for 1, so nothing is right or wrong about it.
    assert.equal(of('predictiveParity').difference.value, null);
  });

  it('resamples persons: images that are copies of each other add no certainty', () => {
    const persons = samples.slice(0, 200).map((sample, at) => ({ ...sample, person: `p${at}` }));
    const copies = persons.flatMap((sample) => [sample, sample, sample]);
    const width = (of: typeof persons) => {
      const [{ difference }] = classificationFairness(of, '1', { resamples: 300 });
      assert.ok(difference.value !== null && difference.interval !== undefined);
      return difference.interval.high - difference.interval.low;
    };
    assert.equal(width(copies), width(persons));
  });

  it('gives the same interval for the same seed', () => {
    assert.deepEqual(
      classificationFairness(samples, '1', { seed: 4, resamples: 50 }),
      classificationFairness(samples, '1', { seed: 4, resamples: 50 }),
    );
  });
});
