import type { OutcomeCounts } from '../classification/outcome-counts.js';
import { countBelow } from '../verification/scores.js';
import type { AttackScores } from './attack-scores.js';

/**
 * The decisions at a threshold as outcomes of one class against the other, for accuracy, precision, recall and F1
 * (`classRates`, `f1OfCounts`). These depend on how many bona fide presentations and attacks the set holds.
 *
 * @param positive the class that is found: papers differ.
 */
export function decisionCounts(
  { bonaFide, attacks }: AttackScores,
  threshold: number,
  positive: 'bona fide' | 'attack',
): OutcomeCounts {
  const rejectedBonaFide = countBelow(bonaFide, threshold);
  const rejectedAttacks = countBelow(attacks, threshold);
  const acceptedBonaFide = bonaFide.length - rejectedBonaFide;
  const acceptedAttacks = attacks.length - rejectedAttacks;
  return positive === 'bona fide'
    ? {
        truePositives: acceptedBonaFide,
        falseNegatives: rejectedBonaFide,
        falsePositives: acceptedAttacks,
        trueNegatives: rejectedAttacks,
      }
    : {
        truePositives: rejectedAttacks,
        falseNegatives: acceptedAttacks,
        falsePositives: rejectedBonaFide,
        trueNegatives: acceptedBonaFide,
      };
}
