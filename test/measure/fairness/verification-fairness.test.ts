import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fairnessDiscrepancyRate } from '../../../src/measure/fairness/fairness-discrepancy-rate.js';
import { garbe, giniCoefficient } from '../../../src/measure/fairness/garbe.js';
import type { GroupedTrial } from '../../../src/measure/fairness/group-pairs.js';
import { inequityRate, maxToMin } from '../../../src/measure/fairness/inequity-rate.js';
import { maxToGeometricMean } from '../../../src/measure/fairness/max-to-geometric-mean.js';
import { verificationFairness } from '../../../src/measure/fairness/verification-fairness.js';
import { readGolden } from '../read-table.js';

const { differential } = readGolden('fairness/fairness.json') as {
  differential: Record<'fmr' | 'fnmr', number[]>[] & Record<string, number>[];
};

function near(actual: number | null, expected: number): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= 1e-9, `${actual} is not ${expected}`);
}

describe('measures of differential performance', () => {
  it('are those of the published definitions to 1e-9', () => {
    assert.equal(differential.length, 9);
    for (const { fmr, fnmr, alpha, fdr, ir, garbe: expected, gini_fmr, gini_fnmr } of differential) {
      near(fairnessDiscrepancyRate(fmr, fnmr, alpha), fdr);
      near(inequityRate(fmr, fnmr, alpha), ir);
      near(garbe(fmr, fnmr, alpha), expected);
      near(giniCoefficient(fmr), gini_fmr);
      near(giniCoefficient(fnmr), gini_fnmr);
    }
  });

  it('do not break at zero rates', () => {
    assert.equal(giniCoefficient([0, 0, 0]), 0);
    near(giniCoefficient([0, 0, 0.3]), 1);
    assert.ok(Number.isNaN(inequityRate([0, 0.1], [0.1, 0.1])));
    assert.ok(Number.isNaN(maxToGeometricMean([0, 0.1])));
    assert.equal(fairnessDiscrepancyRate([0, 0], [0, 0]), 1);
  });

  it('set the largest rate beside the smallest and the geometric mean', () => {
    near(maxToMin([0.01, 0.04, 0.02]), 4);
    near(maxToGeometricMean([0.01, 0.04, 0.02]), 2);
    near(maxToGeometricMean([0.3, 0.3]), 1);
  });
});

/** `count` pairs of which `wrong` are on the wrong side of 0.5; every pair has persons of its own. */
function pairs(
  groups: readonly [string, string],
  genuine: boolean,
  wrong: number,
  count: number,
): GroupedTrial[] {
  return Array.from({ length: count }, (_, at) => {
    const name = `${groups.join()} ${genuine} ${at}`;
    return {
      score: at < wrong === genuine ? 0.4 : 0.5,
      genuine,
      groups,
      identities: genuine ? [name, name] : [`${name} a`, `${name} b`],
    };
  });
}

describe('verificationFairness', () => {
  const trials = [
    ...pairs(['f', 'f'], false, 8, 200),
    ...pairs(['m', 'm'], false, 16, 100),
    ...pairs(['m', 'f'], false, 1, 100),
    ...pairs(['f', 'f'], true, 10, 100),
    ...pairs(['m', 'm'], true, 6, 120),
  ];
  const options = { resamples: 100 };

  it('gives rates by group and by pair of groups; a score on the threshold is accepted', () => {
    const { groups, crossGroup } = verificationFairness(trials, 0.5, options);
    const shown = [...groups, ...crossGroup].map(({ groups: own, fmr, fnmr }) => [
      own.join(),
      fmr.errors,
      fmr.trials,
      fnmr.errors,
      fnmr.trials,
    ]);
    assert.deepEqual(shown, [
      ['f,f', 8, 200, 10, 100],
      ['m,m', 16, 100, 6, 120],
      ['f,m', 1, 100, 0, 0],
    ]);
    assert.equal(crossGroup[0].fnmr.rate, null);
    assert.ok('reason' in crossGroup[0].fnmr);
    assert.equal(crossGroup[0].fnmr.reason, '0 genuine pairs of f and m, fewer than 10');
  });

  it('compares the groups by their own pairs', () => {
    const result = verificationFairness(trials, 0.5, { ...options, alpha: 0.25 });
    const [fmr, fnmr] = [
      [0.04, 0.16],
      [0.1, 0.05],
    ];
    near(result.fairnessDiscrepancyRate.value, fairnessDiscrepancyRate(fmr, fnmr, 0.25));
    near(result.inequityRate.value, 4 ** 0.25 * 2 ** 0.75);
    near(result.garbe.value, garbe(fmr, fnmr, 0.25));
    near(result.fmrMaxToMin.value, 4);
    near(result.fnmrMaxToMin.value, 2);
    near(result.fmrMaxToGeometricMean.value, 2);
    near(result.fnmrMaxToGeometricMean.value, Math.SQRT2);
    assert.ok('interval' in result.garbe && result.garbe.interval !== undefined);
    assert.ok(
      result.garbe.interval.low < result.garbe.value && result.garbe.interval.high > result.garbe.value,
    );
  });

  it('has no ratio of too few errors, and says so; differences stay', () => {
    const few = [...trials, ...pairs(['x', 'x'], false, 0, 50), ...pairs(['x', 'x'], true, 4, 50)];
    const result = verificationFairness(few, 0.5, options);
    assert.deepEqual(result.inequityRate, {
      value: null,
      reason: '0 false matches in x: a ratio needs 5 in each group',
    });
    assert.equal(result.fnmrMaxToMin.value, null);
    near(result.fairnessDiscrepancyRate.value, 1 - 0.5 * 0.16 - 0.5 * 0.05);
    near(verificationFairness(few, 0.5, { ...options, leastErrors: 1 }).fnmrMaxToMin.value, 2);
    assert.equal(verificationFairness(few, 0.5, { ...options, leastErrors: 0 }).inequityRate.value, null);
  });

  it('leaves out a group with too few pairs, and counts pairs without a score', () => {
    const result = verificationFairness(
      [...trials, ...pairs(['x', 'x'], true, 1, 3), { ...trials[0], score: Number.NaN }],
      0.5,
      options,
    );
    assert.deepEqual(result.compared, ['f', 'm']);
    assert.deepEqual(result.leftOut, [
      { group: 'x', reason: '0 impostor pairs of x, fewer than 10; 3 genuine pairs of x, fewer than 10' },
    ]);
    assert.equal(result.withoutScore, 1);
    near(result.fmrMaxToMin.value, 4);
    const alone = verificationFairness(pairs(['f', 'f'], true, 3, 30), 0.5, options);
    assert.deepEqual(alone.garbe, { value: null, reason: 'no group has enough pairs; two are compared' });
  });

  it('does not change where groups or the pair are turned round, and is alike for equal groups', () => {
    const turned = trials.map((trial): GroupedTrial => ({
      ...trial,
      groups: [trial.groups[1], trial.groups[0]],
    }));
    assert.deepEqual(verificationFairness(turned, 0.5, options), verificationFairness(trials, 0.5, options));
    const alike = verificationFairness(
      ['f', 'm'].flatMap((g) => [...pairs([g, g], false, 10, 100), ...pairs([g, g], true, 5, 50)]),
      0.5,
      options,
    );
    near(alike.fairnessDiscrepancyRate.value, 1);
    near(alike.inequityRate.value, 1);
    near(alike.garbe.value, 0);
  });
});
