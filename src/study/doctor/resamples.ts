import { identityBootstrap, type PairIdentities } from '../../measure/identity-bootstrap.js';
import { RandomState } from '../../tensor/random.js';

/** Calls back with the weight (0, 1, 2, ...) of each sample in each resample. The weights are reused from call to call. */
export type Resample = (visit: (weights: Float64Array) => void, count: number, seed: number) => void;

/**
 * The bootstrap over persons, each with all its images; persons with images of the same classes are drawn among
 * themselves, so no resample lacks a class.
 */
export function resampleImages(
  images: readonly { readonly person: string; readonly label: string }[],
): Resample {
  const persons = new Map<string, number[]>();
  images.forEach(({ person }, at) => persons.set(person, [...(persons.get(person) ?? []), at]));
  const strata = new Map<string, number[][]>();
  for (const own of persons.values()) {
    const key = [...new Set(own.map((at) => images[at].label))].sort().join('\n');
    strata.set(key, [...(strata.get(key) ?? []), own]);
  }
  return (visit, count, seed) => {
    const random = new RandomState(seed);
    const weights = new Float64Array(images.length);
    for (let resample = 0; resample < count; resample++) {
      weights.fill(0);
      for (const members of strata.values()) {
        for (let draw = 0; draw < members.length; draw++) {
          for (const at of members[random.integer(0, members.length)]) weights[at]++;
        }
      }
      visit(weights);
    }
  };
}

/** The bootstrap over persons of `identityBootstrap`. */
export function resamplePairs(pairs: readonly PairIdentities[]): Resample {
  return (visit, count, seed) => {
    identityBootstrap(
      pairs,
      (weights) => {
        visit(weights);
        return [];
      },
      { seed, resamples: count },
    );
  };
}
