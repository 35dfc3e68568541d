import type { Split } from '../../../dataset/people/split-people.js';
import { measuredExamples, type Example, type ShowOptions } from '../examples.js';
import type { Presentation } from '../presentation.js';
import type { TrainingData } from '../training-data.js';
import type { ViewsItem } from '../views.task.js';

/** Every image with the ways in which it is measured, in the order of the examples. */
export function viewItems(
  data: TrainingData,
  examples: Readonly<Record<Split, readonly Example[]>>,
): ViewsItem[] {
  const measured = data.images.map((): (Presentation | null)[] => []);
  for (const split of ['validation', 'test'] as const) {
    for (const { image, presentation } of examples[split]) measured[image].push(presentation ?? null);
  }
  return data.images.map(({ name, file }, image) => ({ name, file, measured: measured[image] }));
}

/** What each split shows; training as in its first epoch. */
export function finetuneExamples(data: TrainingData, shows: ShowOptions): Record<Split, Example[]> {
  return {
    train: data.images.flatMap((own, image) => {
      if (own.split !== 'train') return [];
      const plain: Example = { image, class: own.class, species: own.class };
      const { clues } = shows;
      // A bona fide image is also an attack, now and then.
      return clues?.bonaFide === own.class ? [plain, { ...plain, class: clues.attack }] : [plain];
    }),
    validation: measuredExamples(data, 'validation', shows),
    test: measuredExamples(data, 'test', shows),
  };
}

/** How often each class is to be expected in an epoch, for the weights of the classes. */
export function expectedCounts(
  train: readonly Example[],
  classes: readonly string[],
  { clues }: ShowOptions,
): readonly number[] {
  const images = new Map(train.map((example) => [example.image, example]));
  const own = [...images.keys()].map((image) => train.find((example) => example.image === image)!.class);
  return classes.map((name) =>
    own.reduce((sum, each) => {
      if (clues?.bonaFide !== each) return sum + (each === name ? 1 : 0);
      if (name === each) return sum + 1 - clues.probability;
      return sum + (name === clues.attack ? clues.probability : 0);
    }, 0),
  );
}
