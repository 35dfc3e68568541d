import type { Interval } from '../../measure/interval.js';
import {
  attackDetectionErrors,
  type AttackDetectionErrors,
} from '../../measure/pad/attack-detection-errors.js';
import { attackScores, type AttackScores } from '../../measure/pad/attack-scores.js';
import { detectionEqualErrorRate } from '../../measure/pad/detection-equal-error-rate.js';
import { errorsAtBpcer } from '../../measure/pad/errors-at-bpcer.js';
import type { Rate } from '../../measure/rate.js';
import { rocArea } from '../../measure/verification/roc-area.js';
import { verificationIntervals } from '../../measure/verification/verification-intervals.js';

/** One scored image of a split. */
export interface ScoredExample {
  /** P(bona fide). */
  readonly score: number;
  /** What kind of attack; undefined where it is bona fide. */
  readonly species: string | undefined;
  /** One person, or two. */
  readonly people: readonly string[];
}

export interface OperatingPoint {
  /** Where the threshold comes from. */
  readonly name: string;
  readonly errors: AttackDetectionErrors;
}

/** A measure with its interval over people; null where the resamples show no spread. */
export interface WithInterval {
  readonly value: number;
  readonly interval: Interval | null;
}

export interface TestMeasures {
  readonly people: number;
  readonly bonaFide: number;
  readonly attacks: number;
  /** D-EER over all attacks, with the two rates that it is the mean of. */
  readonly equalErrorRate: WithInterval & { readonly apcer: Rate; readonly bpcer: Rate };
  readonly rocArea: WithInterval;
  readonly points: readonly OperatingPoint[];
}

/** Shares of bona fide images that may be lost where attacks are counted. */
const bpcers = [0.05, 0.1];

/**
 * The errors of a detector of attacks (ISO/IEC 30107-3) on held-out people: at the threshold of the validation split's
 * D-EER, and at those that lose at most 5 and 10 % of the test's bona fide images, so that two models can be compared at
 * equal BPCER.
 */
export function testMeasures(
  test: readonly ScoredExample[],
  validation: readonly ScoredExample[],
): TestMeasures {
  const scores = attackScores(test);
  const intervals = intervalsOf(test);
  const { eer, apcer, bpcer } = detectionEqualErrorRate(scores);
  const chosen = detectionEqualErrorRate(attackScores(validation)).threshold;
  return {
    people: new Set(test.flatMap(({ people }) => people)).size,
    bonaFide: scores.bonaFide.length,
    attacks: scores.attacks.length,
    equalErrorRate: { value: eer, interval: intervals?.eer ?? null, apcer, bpcer },
    rocArea: { value: area(scores), interval: intervals?.rocArea ?? null },
    points: [
      { name: 'D-EER of the validation split', errors: attackDetectionErrors(scores, chosen) },
      ...bpcers.map((most) => ({
        name: `BPCER of at most ${100 * most} %`,
        // The two models of a comparison have the same bona fide images, so a small sample is no reason to refuse.
        errors: errorsAtBpcer(scores, most, { unsupported: true }),
      })),
    ],
  };
}

function area({ bonaFide, attacks }: AttackScores): number {
  return rocArea({ genuine: bonaFide, impostor: attacks });
}

/** An attack that shows two people depends on both. */
function intervalsOf(examples: readonly ScoredExample[]) {
  if (new Set(examples.flatMap(({ people }) => people)).size < 2) return undefined;
  return verificationIntervals(
    examples.map(({ score, species, people: [a, b = a] }) => ({
      score,
      genuine: species === undefined,
      identities: [a, b] as const,
    })),
  );
}
