import type { OutputFacts } from '../../../model/doctor/output-facts.js';
import type { DoctorSamples } from '../doctor-samples.js';
import { resampleImages } from '../resamples.js';
import { valuesOf, type VariantValues } from '../variant-values.js';
import { chanceOfBest } from './chance.js';
import { bestOrder, evidenceRanks } from './class-evidence.js';
import { classScores, type ClassTask } from './class-scores.js';
import { countSamples } from './count-samples.js';
import type { Trial } from './trial.js';

/** Random deals of the labels; with several classes each costs an assignment. */
const permutations = { two: 999, several: 199 };

/** The trial of labelled images. */
export function classTrial(
  { images: all, labels, bonaFide, source }: Extract<DoctorSamples, { kind: 'classes' }>,
  output: OutputFacts,
  runs: VariantValues,
  usable: (image: string) => boolean,
  seed: number,
): Trial {
  const images = all.filter(({ name }) => usable(name));
  const names = images.map(({ name }) => name);
  const task: ClassTask = {
    labels,
    labelOf: images.map(({ label }) => label),
    oneAgainstAll: bonaFide !== undefined,
    nature: output.nature,
  };
  const counts = countSamples(labels, task.labelOf, source, 'images in which a face was found');
  const withValues = () =>
    runs.variants.flatMap((variant) => {
      const values = valuesOf(runs, variant, names);
      return values === undefined ? [] : [{ variant, values }];
    });
  const persons = new Map<string, string>();
  images.forEach(({ person, label }) => {
    const kinds = new Set([...(persons.get(person)?.split('\n') ?? []), label]);
    persons.set(person, [...kinds].sort().join('\n'));
  });
  return {
    resample: resampleImages(images),
    counts,
    smallest: Math.min(...Object.values(counts)),
    // Persons of every kind are dealt into both halves.
    isEnough: () => true,
    persons,
    personsOf: images.map(({ person }) => [person]),
    images: names,
    ranked: (order, mask) => {
      const counted = mask ?? new Float64Array(names.length).fill(1);
      const labelOf = task.labelOf.filter((_, i) => counted[i] > 0);
      return withValues().map(({ variant, values }) => {
        const own = values.filter((_, i) => counted[i] > 0);
        const found = order ?? bestOrder(evidenceRanks(own, task.nature), { ...task, labelOf }).order;
        return { variant, unusual: variant.unusual, scores: classScores(values, task, found) };
      });
    },
    chance: () => {
      const ranks = withValues().map(({ values }) => evidenceRanks(values, task.nature));
      return chanceOfBest(
        images.map(({ person }) => person),
        task.labelOf,
        (labelOf) => Math.max(...ranks.map((own) => bestOrder(own, { ...task, labelOf }).area)),
        { permutations: labels.length === 2 ? permutations.two : permutations.several, seed },
      );
    },
  };
}
