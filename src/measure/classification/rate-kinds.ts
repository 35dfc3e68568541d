import type { OutcomeCounts } from './outcome-counts.js';

/** A share of outcomes. */
export interface RateKind {
  /** The outcomes that it counts. */
  readonly events: (counts: OutcomeCounts) => number;
  /** The outcomes that it counts among. */
  readonly trials: (counts: OutcomeCounts) => number;
  /** What the trials are, for the reason where there are too few: `images of <class>`. */
  readonly kind: (name: string) => string;
}

/** The rates of one class against all others, by the names of the field. */
export const rateKinds = {
  /** TPR, recall, sensitivity: images of the class that are found. */
  truePositiveRate: {
    events: ({ truePositives }) => truePositives,
    trials: ({ truePositives, falseNegatives }) => truePositives + falseNegatives,
    kind: (name) => `images of ${name}`,
  },
  /** FPR: images of other classes that are taken for it. */
  falsePositiveRate: {
    events: ({ falsePositives }) => falsePositives,
    trials: ({ falsePositives, trueNegatives }) => falsePositives + trueNegatives,
    kind: (name) => `images of other classes than ${name}`,
  },
  /** PPV, precision: of the images taken for the class, those that are of it. */
  positivePredictiveValue: {
    events: ({ truePositives }) => truePositives,
    trials: ({ truePositives, falsePositives }) => truePositives + falsePositives,
    kind: (name) => `images taken for ${name}`,
  },
  /** NPV: of the images not taken for the class, those that are not of it. */
  negativePredictiveValue: {
    events: ({ trueNegatives }) => trueNegatives,
    trials: ({ trueNegatives, falseNegatives }) => trueNegatives + falseNegatives,
    kind: (name) => `images not taken for ${name}`,
  },
  /** Images that are taken for the class, among all. */
  selectionRate: {
    events: ({ truePositives, falsePositives }) => truePositives + falsePositives,
    trials: all,
    kind: () => 'images',
  },
  /** Images that are rightly taken for the class or for another, among all. */
  accuracy: {
    events: ({ truePositives, trueNegatives }) => truePositives + trueNegatives,
    trials: all,
    kind: () => 'images',
  },
} as const satisfies Record<string, RateKind>;

export type RateName = keyof typeof rateKinds;

function all(counts: OutcomeCounts): number {
  return counts.truePositives + counts.falseNegatives + counts.falsePositives + counts.trueNegatives;
}
