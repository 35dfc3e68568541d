import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { identityBootstrap } from '../../../src/measure/identity-bootstrap.js';
import {
  averageEvidence,
  type ExplainedPair,
} from '../../../src/study/verification/explain/average-evidence.js';
import { readRegionsTable, regionsTable } from '../../../src/study/verification/explain/regions-table.js';
import { parseShownPairs, shownPairs } from '../../../src/study/verification/explain/shown-pairs.js';
import { outcomeOf } from '../../../src/study/verification/outcome.js';
import { RandomState } from '../../../src/tensor/random.js';

const image = (area: number, positive: number | null, negative: number | null) => [
  { region: 'nose', area, positive, negative },
  { region: 'mouth', area: area / 2, positive: positive === null ? null : positive / 2, negative },
];

const pair = (
  identities: readonly [string, string],
  outcome: ExplainedPair['outcome'],
  a: ReturnType<typeof image> | null,
  b: ReturnType<typeof image> | null,
): ExplainedPair => ({ identities, outcome, evidence: { xssab: { a, b } } });

describe('averageEvidence', () => {
  const pairs = [
    pair(['p', 'p'], 'true match', image(0.1, 0.2, 0.4), image(0.3, 0.4, null)),
    pair(['q', 'q'], 'true match', image(0.2, 0.5, 0.1), null),
    pair(['p', 'q'], 'false match', image(0.2, null, 0.3), image(0.2, null, 0.5)),
    pair(['p', 'r'], 'true non-match', null, null),
  ];
  const rows = averageEvidence(pairs, ['xssab'], 0);
  const row = (outcome: string, region: string) =>
    rows.find((each) => each.outcome === outcome && each.region === region)!;

  it('is the mean over the pairs of the mean of both images', () => {
    assert.deepEqual(
      [...new Set(rows.map(({ outcome }) => outcome))],
      ['all', 'true match', 'false match'],
      'an outcome without landmarks has no rows',
    );
    const nose = row('true match', 'nose');
    assert.deepEqual([nose.pairs, nose.identities, nose.area], [2, 2, 0.2]);
    assert.deepEqual([nose.positive!.pairs, nose.negative!.pairs], [2, 2]);
    // (0.2 + 0.4) / 2 and 0.5; 0.4 and 0.1.
    assert.ok(Math.abs(nose.positive!.mean - 0.4) < 1e-12);
    assert.ok(Math.abs(nose.negative!.mean - 0.25) < 1e-12);
    assert.ok(Math.abs(row('true match', 'mouth').positive!.mean - 0.2) < 1e-12);
  });

  it('has no share of a map that is zero everywhere, and counts the pairs that have one', () => {
    assert.equal(row('false match', 'nose').positive, null);
    assert.ok(Math.abs(row('false match', 'nose').negative!.mean - 0.4) < 1e-12);
    assert.deepEqual([row('all', 'nose').pairs, row('all', 'nose').positive!.pairs], [3, 2]);
  });

  it('has intervals that resample persons', () => {
    const random = new RandomState(2);
    const many = Array.from({ length: 60 }, () => {
      const persons = [random.integer(0, 12), random.integer(0, 12)].map((person) => `p${person}`);
      return pair(
        [persons[0], persons[1]],
        'true non-match',
        image(0.1, random.integer(1, 100) / 100, 0.5),
        null,
      );
    });
    const shares = many.map(({ evidence }) => evidence.xssab.a![0].positive!);
    const [expected] = identityBootstrap(
      many.map(({ identities }) => identities),
      (weights) => {
        const weight = weights.reduce((sum, each) => sum + each, 0);
        return [shares.reduce((sum, share, at) => sum + share * weights[at], 0) / weight];
      },
      { seed: 9 },
    ).intervals;
    const [all] = averageEvidence(many, ['xssab'], 9);
    assert.ok(Math.abs(all.positive!.low! - expected!.low) < 1e-12);
    assert.ok(Math.abs(all.positive!.high! - expected!.high) < 1e-12);
    assert.deepEqual([all.negative!.low, all.negative!.high], [null, null], 'equal shares have no spread');
  });

  it('comes back from its table', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faceprobe-'));
    try {
      writeFileSync(join(folder, 'regions.csv'), regionsTable(rows));
      assert.deepEqual(await readRegionsTable(join(folder, 'regions.csv')), rows);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('outcomeOf', () => {
  it('takes a tie as a match', () => {
    const of = (cosine: number, genuine: boolean) => outcomeOf({ cosine, genuine }, 0.3);
    assert.deepEqual(
      [of(0.3, true), of(0.3, false), of(0.299, true), of(0.299, false)],
      ['true match', 'false match', 'false non-match', 'true non-match'],
    );
  });
});

describe('shownPairs', () => {
  it('takes the first ones of each outcome, in the order of the list', () => {
    const outcomes = ['true match', 'true match', 'false match', 'true match', 'false match'] as const;
    assert.deepEqual(shownPairs(outcomes, 1), [true, false, true, false, false]);
    assert.deepEqual(shownPairs(outcomes, parseShownPairs('2')), [true, true, true, false, true]);
    assert.deepEqual(
      shownPairs(outcomes, 'none'),
      outcomes.map(() => false),
    );
    assert.deepEqual(
      shownPairs(outcomes, parseShownPairs('all')),
      outcomes.map(() => true),
    );
    assert.throws(() => parseShownPairs('-1'), /give all, none, or a whole number/);
  });
});
