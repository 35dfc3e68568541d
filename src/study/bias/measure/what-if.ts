import { type PairedDifference, pairedDifference } from '../../../measure/paired-difference.js';
import { type Decision, decided } from '../labels/decision.js';
import type { GroupedImage } from './grouping-measures.js';

/** What hiding a region in the images of one group does to the decisions about them. */
export interface WhatIf {
  readonly region: string;
  readonly group: string;
  /** Images of the group in which the region could be hidden. */
  readonly images: number;
  /** The share of right decisions; null where the group has too few images. */
  readonly accuracy: PairedDifference | null;
  /** For each class: of its images, the share that is found. Null where the group has too few of them. */
  readonly truePositiveRate: Readonly<Record<string, PairedDifference | null>>;
  /**
   * The largest difference of the accuracy between two groups that have enough images: as it is, and with the region hidden in
   * this group alone. Null where there is nothing to compare.
   */
  readonly gap: { readonly before: number; readonly after: number } | null;
}

/**
 * The causal check on the maps: hides a region in one group alone and tells how its rates move. Every image is its own
 * control, so the intervals are those of paired rates.
 */
export function whatIf(
  images: readonly GroupedImage[],
  groups: readonly string[],
  decision: Decision,
  least: number,
): WhatIf[] {
  const regions = [...new Set(images.flatMap(({ masked }) => Object.keys(masked)))].sort();
  // The rate of a tiny group says nothing of the gap.
  const accuracyOf = new Map(
    groups.flatMap((group) => {
      const own = images.filter((image) => image.group === group);
      const right = own.filter(({ truth, predicted }) => truth === predicted).length;
      return own.length < least ? [] : [[group, right / own.length] as const];
    }),
  );
  return regions.flatMap((region) =>
    groups.flatMap((group): WhatIf[] => {
      const own = images.filter((image) => image.group === group);
      const hidden = own.filter(({ masked }) => region in masked);
      if (hidden.length === 0) return [];
      const right = (chosen: readonly GroupedImage[]) =>
        paired(
          chosen.map(({ truth, predicted }) => truth === predicted),
          chosen.map(({ truth, masked }) => truth === decided(decision, masked[region])),
          least,
        );
      const accuracy = right(hidden);
      const compared = accuracyOf.size > 1 && accuracyOf.has(group) && accuracy !== null;
      const after = new Map(accuracyOf);
      if (compared) {
        // Images in which nothing could be hidden stay as they are.
        const moved = (accuracy.difference * hidden.length) / own.length;
        after.set(group, accuracyOf.get(group)! + moved);
      }
      return [
        {
          ...{ region, group, accuracy },
          images: hidden.length,
          truePositiveRate: Object.fromEntries(
            decision.classes.map((name) => [name, right(hidden.filter(({ truth }) => truth === name))]),
          ),
          gap: compared ? { before: rangeOf(accuracyOf), after: rangeOf(after) } : null,
        },
      ];
    }),
  );
}

function paired(
  before: readonly boolean[],
  after: readonly boolean[],
  least: number,
): PairedDifference | null {
  return before.length < least ? null : (pairedDifference(before, after) ?? null);
}

function rangeOf(rates: ReadonlyMap<string, number>): number {
  return Math.max(...rates.values()) - Math.min(...rates.values());
}
