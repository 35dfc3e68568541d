import type { DoctorSamples } from '../doctor-samples.js';
import { resamplePairs } from '../resamples.js';
import { valuesOf, type VariantValues } from '../variant-values.js';
import { countSamples } from './count-samples.js';
import { pairScores } from './pair-scores.js';
import type { Trial } from './trial.js';
import { fewestToTell } from '../variant-scores.js';

/** The trial of genuine and impostor pairs. */
export function pairTrial(
  { pairs: all, source }: Extract<DoctorSamples, { kind: 'pairs' }>,
  runs: VariantValues,
  usable: (image: string) => boolean,
): Trial {
  const pairs = all.filter(({ a, b }) => usable(a) && usable(b));
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const counts = countSamples(
    ['genuine', 'impostor'],
    pairs.map(({ genuine }) => (genuine ? 'genuine' : 'impostor')),
    source,
    'pairs with a face in both images',
  );
  const persons = new Map(
    pairs.flatMap(
      ({ identityA, identityB }) =>
        [
          [identityA, ''],
          [identityB, ''],
        ] as const,
    ),
  );
  const smallest = Math.min(...Object.values(counts), persons.size);
  const countIn = (mask: Float64Array, kind: boolean) =>
    pairs.filter(({ genuine }, i) => genuine === kind && mask[i] > 0).length;
  return {
    resample: resamplePairs(pairs.map(({ identityA, identityB }) => [identityA, identityB])),
    counts,
    smallest,
    // Pairs across the halves are lost, so each half must be looked at again.
    isEnough: (mask) => [true, false].every((kind) => countIn(mask, kind) >= fewestToTell),
    persons,
    personsOf: pairs.map(({ identityA, identityB }) => [identityA, identityB]),
    images: names,
    ranked: () =>
      runs.variants.flatMap((variant) => {
        const values = valuesOf(runs, variant, names);
        // A vector of length 0 has no direction.
        if (values?.some((row) => row.every((value) => value === 0)) !== false) return [];
        const byName = new Map(names.map((name, i) => [name, values[i]]));
        const scores = pairScores(byName, pairs, smallest >= fewestToTell);
        return [{ variant, unusual: variant.unusual, scores }];
      }),
    chance: undefined,
  };
}
