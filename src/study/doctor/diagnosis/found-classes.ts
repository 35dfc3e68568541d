import type { FoundClasses } from '../../../model/doctor/propose-card.js';
import type { DoctorSamples } from '../doctor-samples.js';

/** Which output of a variant is which class; undefined for pairs. */
export function foundClasses(
  samples: DoctorSamples,
  order: readonly number[] | null,
): FoundClasses | undefined {
  if (samples.kind === 'pairs' || order === null) return undefined;
  return { labels: samples.labels, order, bonaFide: samples.bonaFide };
}
