import type { RateName } from '../classification/rate-kinds.js';

/**
 * The criteria of group fairness: the rates that must be equal in all groups.
 *
 * Names and definitions: Barocas, Hardt and Narayanan, "Fairness and Machine Learning" (2023), chapter 3, and Berk et
 * al., "Fairness in criminal justice risk assessments" (2021) for conditional use accuracy.
 */
export const fairnessCriteria = {
  /** Each group is as often taken for the class as any other, whether rightly or not. */
  demographicParity: ['selectionRate'],
  /** Those who are of the class are found equally often. */
  equalOpportunity: ['truePositiveRate'],
  /** Those of the class are found, and those of others taken for it, equally often. */
  equalizedOdds: ['truePositiveRate', 'falsePositiveRate'],
  /** A decision for the class is right equally often. */
  predictiveParity: ['positivePredictiveValue'],
  /** A decision, for the class or against it, is right equally often. */
  conditionalUseAccuracy: ['positivePredictiveValue', 'negativePredictiveValue'],
  /** Decisions are right equally often. */
  accuracyParity: ['accuracy'],
} as const satisfies Record<string, readonly RateName[]>;

export type FairnessCriterion = keyof typeof fairnessCriteria;
