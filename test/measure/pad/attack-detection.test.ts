import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classRates } from '../../../src/measure/classification/class-rates.js';
import { f1OfCounts } from '../../../src/measure/classification/f1-of-counts.js';
import { attackDetectionErrors } from '../../../src/measure/pad/attack-detection-errors.js';
import { attackDetectionIntervals } from '../../../src/measure/pad/attack-detection-intervals.js';
import { attackScores, type Presentation } from '../../../src/measure/pad/attack-scores.js';
import { decisionCounts } from '../../../src/measure/pad/decision-counts.js';
import { detectionEqualErrorRate } from '../../../src/measure/pad/detection-equal-error-rate.js';
import { errorsAtApcer } from '../../../src/measure/pad/errors-at-apcer.js';
import { errorsAtBpcer } from '../../../src/measure/pad/errors-at-bpcer.js';
import { minimumWeightedError } from '../../../src/measure/verification/minimum-weighted-error.js';
import { thresholdAtFmr } from '../../../src/measure/verification/threshold-at-fmr.js';
import { readGolden, readTable } from '../read-table.js';

interface GoldenErrors {
  readonly threshold: number;
  readonly apcer_print: number;
  readonly apcer_replay: number;
  readonly apcer_ap: number;
  readonly bpcer: number;
  readonly acer: number;
  readonly fpr_pooled: number;
  readonly fnr: number;
  readonly hter_pooled: number;
}

const golden = readGolden('pad/pad.json') as {
  readonly fixed: readonly GoldenErrors[];
  readonly criteria: Readonly<Record<string, GoldenErrors>>;
};
const presentations = readTable('pad/pad_scores.csv').map((row): Presentation => ({
  score: Number(row.score),
  species: row.is_bonafide === 'True' ? undefined : row.attack_type,
}));
const scores = attackScores(presentations);

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9, `${actual} is not ${expected}`);
}

function checkErrors(threshold: number, expected: GoldenErrors): void {
  near(threshold, expected.threshold);
  const errors = attackDetectionErrors(scores, threshold);
  assert.deepEqual(
    errors.species.map(({ name }) => name),
    ['print', 'replay'],
  );
  near(errors.species[0].apcer.rate, expected.apcer_print);
  near(errors.species[1].apcer.rate, expected.apcer_replay);
  near(errors.apcer.rate, expected.apcer_ap);
  near(errors.bpcer.rate, expected.bpcer);
  near(errors.acer, expected.acer);
  near(errors.pooledApcer.rate, expected.fpr_pooled);
  near((errors.pooledApcer.rate + errors.bpcer.rate) / 2, expected.hter_pooled);
}

describe('bob.pad.base on 430 scores of two species', () => {
  it('errors at given thresholds, scores on them included', () => {
    assert.equal(golden.fixed.length, 5);
    for (const expected of golden.fixed) checkErrors(expected.threshold, expected);
  });

  for (const x of [1, 5, 10, 20, 50, 100, 1000]) {
    it(`BPCER${x}`, () => {
      const { threshold } = errorsAtApcer(scores, 1 / x, { unsupported: true });
      checkErrors(threshold, golden.criteria[`bpcer${x}`]);
    });
  }

  for (const x of [10, 20, 100]) {
    it(`APCER${x}, by its rule for repeated scores`, () => {
      const { threshold } = errorsAtBpcer(scores, 1 / x, { unsupported: true, compat: 'bob' });
      checkErrors(threshold, golden.criteria[`apcer${x}`]);
    });
  }

  it('D-EER, minimum HTER and the threshold at a pooled APCER', () => {
    const { eer, threshold, apcer, bpcer } = detectionEqualErrorRate(scores);
    checkErrors(threshold, golden.criteria.eer);
    near(eer, golden.criteria.eer.hter_pooled);
    near(apcer.rate, golden.criteria.eer.fpr_pooled);
    near(bpcer.rate, golden.criteria.eer.bpcer);
    const pooled = { genuine: scores.bonaFide, impostor: scores.attacks };
    checkErrors(minimumWeightedError(pooled).threshold, golden.criteria['min-hter']);
    checkErrors(thresholdAtFmr(scores.attacks, 0.05).threshold, golden.criteria['far_0.05']);
  });
});

describe('attack detection', () => {
  it('keeps every species at the target, and no lower score of the species that decides would', () => {
    const { threshold, species } = errorsAtApcer(scores, 0.1);
    for (const { apcer } of species) assert.ok(apcer.rate <= 0.1);
    const deciding = scores.species.find(({ scores: own }) => own.includes(threshold))!;
    const below = deciding.scores.filter((score) => score < threshold).at(-1)!;
    assert.ok(attackDetectionErrors(scores, below).apcer.rate > 0.1);
  });

  it('keeps BPCER at the target, and no higher score would', () => {
    const { threshold, bpcer } = errorsAtBpcer(scores, 0.05);
    assert.ok(bpcer.rate <= 0.05);
    const above = scores.bonaFide.find((score) => score > threshold)!;
    assert.ok(attackDetectionErrors(scores, above).bpcer.rate > 0.05);
  });

  it('refuses a target that a species or the bona fide images cannot support', () => {
    assert.throws(() => errorsAtApcer(scores, 0.01), {
      message:
        'APCER 0.01: needs at least 300 print scores (rule of three, 3 / 0.01); there are 150 ' +
        '(add print attacks, or ask for APCER 0.02 or more)',
    });
    assert.throws(
      () => errorsAtBpcer(scores, 0.01),
      /300 bona fide scores .* there are 200 \(add bona fide images/,
    );
  });

  it('accepts a score on the threshold: bona fide is right there, an attack is an error', () => {
    const tie = attackScores([
      { score: 0.5, species: undefined },
      { score: 0.5, species: 'print' },
    ]);
    const { bpcer, apcer } = attackDetectionErrors(tie, 0.5);
    assert.equal(bpcer.rate, 0);
    assert.equal(apcer.rate, 1);
  });

  it('counts presentations without a score on their own', () => {
    const some = attackScores([
      ...presentations,
      { score: Number.NaN, species: undefined },
      { score: Number.NaN, species: 'print' },
      { score: Number.NaN, species: 'print' },
    ]);
    const errors = attackDetectionErrors(some, 0.5);
    assert.deepEqual([errors.bpnrr.errors, errors.bpnrr.trials], [1, 201]);
    assert.deepEqual([errors.apnrr.errors, errors.apnrr.trials], [2, 232]);
    assert.deepEqual(errors.bpcer, attackDetectionErrors(scores, 0.5).bpcer);
  });

  it('refuses sets without bona fide images, attacks or scores', () => {
    const bonaFide = { score: 1, species: undefined };
    assert.throws(() => attackScores([]), /bona fide scores: there are none/);
    assert.throws(() => attackScores([bonaFide]), /attack scores: there are none \(add attack images\)/);
    assert.throws(
      () => attackScores([bonaFide, { score: Number.NaN, species: 'print' }]),
      /print scores: none of the 1 images gave a score/,
    );
  });

  it('gives the D-EER of one species', () => {
    const one = attackScores(presentations.filter(({ species }) => species !== 'print'));
    assert.deepEqual(detectionEqualErrorRate(scores, 'replay'), detectionEqualErrorRate(one));
    assert.throws(() => detectionEqualErrorRate(scores, 'mask'), RangeError);
  });

  it('counts decisions with either class as the positive one', () => {
    const errors = attackDetectionErrors(scores, 0.6);
    const bonaFide = decisionCounts(scores, 0.6, 'bona fide');
    const attack = decisionCounts(scores, 0.6, 'attack');
    const rates = classRates(bonaFide, 'bona fide');
    near(rates.truePositiveRate.rate!, 1 - errors.bpcer.rate);
    near(rates.falsePositiveRate.rate!, errors.pooledApcer.rate);
    near(rates.accuracy.rate!, classRates(attack, 'attack').accuracy.rate!);
    near(classRates(attack, 'attack').positivePredictiveValue.rate!, rates.negativePredictiveValue.rate!);
    const [precision, recall] = [rates.positivePredictiveValue.rate!, rates.truePositiveRate.rate!];
    near(f1OfCounts(bonaFide), (2 * precision * recall) / (precision + recall));
  });
});

describe('precision, recall and F1', () => {
  it('are those of bob.measure at its EER threshold', () => {
    const all = readGolden('verification/verification.json') as Record<
      string,
      { eer: { threshold: number }; file: string; at_eer_threshold: Record<string, number> }
    >;
    for (const name of ['ties', 'continuous', 'tiny']) {
      const { file, eer, at_eer_threshold: expected } = all[name];
      const rows = readTable(`verification/${file}`);
      const own = attackScores(
        rows.map(({ label, score }) => ({
          score: Number(score),
          species: label === 'genuine' ? undefined : 'impostor',
        })),
      );
      const counts = decisionCounts(own, eer.threshold, 'bona fide');
      const rates = classRates(counts, 'genuine');
      near(rates.positivePredictiveValue.rate!, expected.precision);
      near(rates.truePositiveRate.rate!, expected.recall);
      near(f1OfCounts(counts), expected.f1);
    }
  });
});

describe('attackDetectionIntervals', () => {
  it('holds the values, and has no interval without a spread', () => {
    const intervals = attackDetectionIntervals(presentations, 0.6, { resamples: 400 });
    const errors = attackDetectionErrors(scores, 0.6);
    const values = {
      eer: detectionEqualErrorRate(scores).eer,
      apcer: errors.apcer.rate,
      pooledApcer: errors.pooledApcer.rate,
      bpcer: errors.bpcer.rate,
      acer: errors.acer,
      f1BonaFide: f1OfCounts(decisionCounts(scores, 0.6, 'bona fide')),
      f1Attack: f1OfCounts(decisionCounts(scores, 0.6, 'attack')),
    };
    for (const [name, value] of Object.entries(values)) {
      const interval = intervals[name as keyof typeof values]!;
      assert.ok(interval.low < value && interval.high > value, name);
    }
    // Nearly the exact interval: 16 of 200.
    const { bpcer } = intervals;
    assert.ok(Math.abs(bpcer!.low - errors.bpcer.interval.low) < 0.015);
    assert.ok(Math.abs(bpcer!.high - errors.bpcer.interval.high) < 0.015);
    assert.equal(attackDetectionIntervals(presentations, 0, { resamples: 50 }).bpcer, undefined);
  });

  it('resamples persons', () => {
    const persons = presentations.map((own, at) => ({ ...own, person: `p${at % 215}` }));
    const twice = persons.flatMap((own) => [own, own]);
    const options = { resamples: 100, seed: 3 };
    assert.deepEqual(
      attackDetectionIntervals(twice, 0.6, options),
      attackDetectionIntervals(persons, 0.6, options),
    );
  });
});
