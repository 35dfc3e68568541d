import type { Task } from '../../jobs/task.js';
import type { OutputFacts } from '../../model/doctor/output-facts.js';
import { Problem } from '../../problem.js';
import { diagnose, type DiagnosisParts } from './diagnosis/diagnose.js';
import { rankVariants } from './diagnosis/rank-variants.js';
import { quickResamples, withOneOrder } from './diagnosis/with-one-order.js';
import type { Diagnosis } from './doctor-findings.js';
import type { DoctorSamples } from './doctor-samples.js';
import type { Trial } from './trial/trial.js';
import { trialOf } from './trial/trial-of.js';
import { placeOf, type Variant } from './variant.js';
import type { VariantValues } from './variant-values.js';

export interface DecideTaskOptions {
  readonly samples: DoctorSamples;
  readonly output: OutputFacts;
  /** The images that can be used. */
  readonly usable: ReadonlySet<string>;
  readonly values: VariantValues;
  readonly resamples: number;
  readonly seed: number;
}

/** What is asked of the variants that were run. */
export type Question =
  /** All of them, best first. */
  | { readonly kind: 'ranking' }
  /** The one that would be chosen; the card's where it is as good as the best. */
  | { readonly kind: 'leader'; readonly card: Variant | undefined }
  | {
      readonly kind: 'diagnosis';
      readonly parts: Omit<DiagnosisParts, 'trial' | 'samples' | 'output' | 'resamples' | 'seed'>;
    };

export type Answer = { readonly variants: readonly Variant[] } | { readonly diagnosis: Diagnosis };

/** Compares variants, which takes seconds of resampling. */
export default function startDeciding(options: DecideTaskOptions): Task<Question, Answer> {
  const { samples, output, usable, values, resamples, seed } = options;
  let trial: Trial | undefined;
  return {
    run(question) {
      // Here and not at the start: too few samples are the answer to a question, not a failure of the thread.
      trial ??= trialOf(samples, output, values, (name) => usable.has(name), seed);
      switch (question.kind) {
        case 'ranking':
          return Promise.resolve({ variants: ranking(trial) });
        case 'leader':
          return Promise.resolve({ variants: [leader(trial, question.card)] });
        case 'diagnosis':
          return Promise.resolve({
            diagnosis: diagnose({ ...question.parts, trial, samples, output, resamples, seed }),
          });
      }
    },
  };

  function ranking(of: Trial): Variant[] {
    const all = withOneOrder(of, { resamples: quickResamples, seed, enough: true });
    const measured = rankVariants(needed(all), of.resample, { resamples: 1, seed, enough: true }).values;
    return all
      .map((_, at) => at)
      .sort(
        (a, b) =>
          measured[b][0] - measured[a][0] ||
          measured[b][1] - measured[a][1] ||
          all[a].unusual - all[b].unusual,
      )
      .map((at) => all[at].variant);
  }

  /** The variant that `diagnose` would choose. */
  function leader(of: Trial, card: Variant | undefined): Variant {
    const same = { resamples, seed, enough: true };
    const all = needed(withOneOrder(of, same));
    const own = placeOf(all, card);
    const { chosen } = rankVariants(all, of.resample, { ...same, prefer: own === -1 ? undefined : own });
    return all[chosen].variant;
  }

  function needed<Each>(all: readonly Each[]): readonly Each[] {
    if (all.length > 0) return all;
    throw new Problem(output.name, 'no variant gives a usable result for every image', 'check the weights');
  }
}
