import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  minMaxMmpmr,
  prodAvgMmpmr,
  relativeMorphMatchRate,
} from '../../../src/measure/mad/morph-match-rates.js';
import { morphingAttackPotential } from '../../../src/measure/mad/morphing-attack-potential.js';
import { falseNonMatchRate } from '../../../src/measure/verification/false-non-match-rate.js';
import { nextAbove } from '../../../src/measure/verification/next-above.js';
import { readGolden, readTable } from '../read-table.js';

const { results } = readGolden('mad/morph.json') as { results: Record<string, number>[] };
const bySubject = new Map<string, Map<string, number[]>>();
for (const { morph, subject, score } of readTable('mad/morph_scores.csv')) {
  const subjects = bySubject.get(morph) ?? new Map<string, number[]>();
  bySubject.set(morph, subjects);
  subjects.set(subject, [...(subjects.get(subject) ?? []), Number(score)]);
}
const morphs = [...bySubject].map(([morph, subjects]) => ({ morph, subjects: [...subjects.values()] }));
const bonaFide = readTable('mad/morph_bonafide.csv').map(({ score }) => Number(score));

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9, `${actual} is not ${expected}`);
}

describe('mated morph presentation match rates', () => {
  it('are those of mvr, which rejects a score on the threshold', () => {
    assert.equal(results.length, 7);
    for (const { threshold, mmpmr_minmax, mmpmr_prodavg, fnmr, rmmr_minmax, rmmr_prodavg } of results) {
      const options = { onThreshold: 'rejected', resamples: 2 } as const;
      const minMax = minMaxMmpmr(morphs, threshold, options);
      const prodAvg = prodAvgMmpmr(morphs, threshold, options);
      near(minMax.rate, mmpmr_minmax);
      near(prodAvg.mean, mmpmr_prodavg);
      assert.equal(minMax.trials, morphs.length);
      // Strictly above the threshold is at or above the next number.
      const own = falseNonMatchRate(bonaFide, nextAbove(threshold)).rate;
      near(own, fnmr);
      near(relativeMorphMatchRate(minMax.rate, own), rmmr_minmax);
      near(relativeMorphMatchRate(prodAvg.mean, own), rmmr_prodavg);
    }
  });

  it('accept a score on the threshold unless told otherwise', () => {
    const tie = [{ morph: 'm', subjects: [[0.5], [0.5, 0.1]] }];
    assert.equal(minMaxMmpmr(tie, 0.5).rate, 1);
    assert.equal(prodAvgMmpmr(tie, 0.5).mean, 0.5);
    assert.equal(minMaxMmpmr(tie, 0.5, { onThreshold: 'rejected' }).rate, 0);
    for (const { threshold } of results) {
      const accepted = minMaxMmpmr(morphs, threshold).rate;
      const rejected = minMaxMmpmr(morphs, nextAbove(threshold)).rate;
      near(rejected, minMaxMmpmr(morphs, threshold, { onThreshold: 'rejected' }).rate);
      assert.ok(accepted >= rejected);
    }
  });

  it('is one number for one attempt a person, and never accepts an attempt without a score', () => {
    const single = [
      { morph: 'a', subjects: [[0.6], [0.7]] },
      { morph: 'b', subjects: [[0.6], [0.4]] },
      { morph: 'c', subjects: [[0.6], [Number.NaN]] },
    ];
    assert.equal(minMaxMmpmr(single, 0.5).errors, 1);
    near(prodAvgMmpmr(single, 0.5).mean, 1 / 3);
  });

  it('refuse morphs that lack a person', () => {
    assert.throws(() => minMaxMmpmr([], 0.5), /there are none/);
    assert.throws(
      () => minMaxMmpmr([{ morph: 'm', subjects: [[1]] }], 0.5),
      /morph m: is compared with 1 person/,
    );
    assert.throws(() => prodAvgMmpmr([{ morph: 'm', subjects: [[1], []] }], 0.5), /without an attempt/);
  });
});

describe('morphingAttackPotential', () => {
  // Accepted attempts of two persons by two systems: m1 [2, 1] and [2, 2], m2 [1, 0] and [1, 1].
  const systems = [
    {
      system: 'x',
      threshold: 0.5,
      morphs: [
        {
          morph: 'm1',
          subjects: [
            [0.9, 0.5],
            [0.9, 0.1, 0.2],
          ],
        },
        {
          morph: 'm2',
          subjects: [
            [0.9, 0.1],
            [0.1, 0.1],
          ],
        },
      ],
    },
    {
      system: 'y',
      threshold: 3,
      morphs: [
        {
          morph: 'm2',
          subjects: [
            [4, 1],
            [1, 4],
          ],
        },
        {
          morph: 'm1',
          subjects: [
            [4, 4],
            [4, 4],
          ],
        },
      ],
    },
  ];

  it('is the share of morphs that c systems accept r times for every person', () => {
    const map = morphingAttackPotential(systems).map((row) => row.map(({ rate }) => rate));
    assert.deepEqual(map, [
      [1, 0.5],
      [0.5, 0],
    ]);
    const strict = morphingAttackPotential([systems[0]], { onThreshold: 'rejected' });
    assert.deepEqual(
      strict.map((row) => row.map(({ errors, trials }) => [errors, trials])),
      [[[1, 2]], [[0, 2]]],
    );
  });

  it('is the MinMax-MMPMR in its first cell for one system', () => {
    for (const { threshold } of results) {
      const [[first]] = morphingAttackPotential([{ system: 'x', threshold, morphs }]);
      assert.deepEqual(first, minMaxMmpmr(morphs, threshold));
    }
  });

  it('refuses systems with other morphs', () => {
    const fewer = { ...systems[1], morphs: systems[1].morphs.slice(1) };
    assert.throws(
      () => morphingAttackPotential([systems[0], fewer]),
      /morph m2: is not compared .* by x and y/,
    );
    const double = { ...systems[0], morphs: [systems[0].morphs[0], systems[0].morphs[0]] };
    assert.throws(() => morphingAttackPotential([double]), /x: has a morph twice/);
  });
});
