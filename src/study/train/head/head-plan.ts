import { splitNames, type Split } from '../../../dataset/people/split-people.js';
import { measuredExamples, trainingExample, type CluePlan, type Example } from '../examples.js';
import type { FeaturesItem } from '../features.task.js';
import type { TrainingData } from '../training-data.js';

/** The images whose features are computed, and the examples that are made of them. */
export interface HeadPlan {
  readonly items: readonly FeaturesItem[];
  readonly examples: Readonly<Record<Split, readonly Example[]>>;
}

/** What is shown of each image: training images in all their copies, the others as they are and with every clue. */
export function planHead(
  data: TrainingData,
  copies: number,
  shows: { seed: number; clues: CluePlan | undefined },
): HeadPlan {
  const train = data.images.flatMap((own, image): Example[] => {
    if (own.split !== 'train') return [];
    const further = Array.from({ length: copies - 1 }, (_, copy) =>
      trainingExample(own, image, copy + 1, { ...shows, augmented: true }),
    );
    return [{ image, class: own.class, species: own.class }, ...further];
  });
  const examples = {
    train,
    validation: measuredExamples(data, 'validation', shows),
    test: measuredExamples(data, 'test', shows),
  };
  const shown = data.images.map((): Example[] => []);
  for (const split of splitNames) for (const example of examples[split]) shown[example.image].push(example);
  const items = data.images.map(({ name, file }, image) => ({
    name,
    file,
    shown: shown[image].map(({ presentation }) => presentation ?? null),
  }));
  return { items, examples };
}
