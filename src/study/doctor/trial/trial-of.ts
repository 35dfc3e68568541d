import type { OutputFacts } from '../../../model/doctor/output-facts.js';
import type { DoctorSamples } from '../doctor-samples.js';
import type { VariantValues } from '../variant-values.js';
import { classTrial } from './class-trial.js';
import { pairTrial } from './pair-trial.js';
import type { Trial } from './trial.js';

/**
 * The trial of the images or pairs that can be used.
 * @param usable whether an image can be used.
 * @throws {Problem} where too few of a class are left.
 */
export function trialOf(
  samples: DoctorSamples,
  output: OutputFacts,
  runs: VariantValues,
  usable: (image: string) => boolean,
  seed: number,
): Trial {
  return samples.kind === 'classes'
    ? classTrial(samples, output, runs, usable, seed)
    : pairTrial(samples, runs, usable);
}
