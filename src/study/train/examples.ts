import type { SpoofClueName } from '../../perturb/spoof/clues.js';
import { severities, type Severity } from '../../perturb/spoof/spoof-clue.js';
import { RandomState } from '../../tensor/random.js';
import type { Split } from '../../dataset/people/split-people.js';
import type { Presentation } from './presentation.js';
import type { LabelledImage, TrainingData } from './training-data.js';

/** What is learned from or measured on: an image, shown in one way. */
export interface Example {
  /** Position among the images of the data. */
  readonly image: number;
  readonly class: string;
  /** What kind of its class it is: the class itself, or the clue that made it an attack. */
  readonly species: string;
  /** Undefined: the image as it is. */
  readonly presentation?: Presentation | undefined;
}

/** Bona fide images that are turned into attacks by traces of attacks. */
export interface CluePlan {
  readonly clues: readonly SpoofClueName[];
  /** How likely a bona fide image becomes an attack when it is shown for training. */
  readonly probability: number;
  /** Of validation and test; in training it is drawn from 1 to 5. */
  readonly severity: Severity;
  readonly bonaFide: string;
  /** The class that an image with a clue is of. */
  readonly attack: string;
}

export interface ShowOptions {
  readonly seed: number;
  readonly augmented: boolean;
  readonly clues: CluePlan | undefined;
}

/**
 * How an image is shown in training, which seed, epoch and image decide.
 * @param epoch from 0; of features that are kept, the number of the copy
 */
export function trainingExample(
  { class: name }: LabelledImage,
  image: number,
  epoch: number,
  { seed, augmented, clues }: ShowOptions,
): Example {
  const random = new RandomState([seed, epoch, image, 1]);
  const stream = [seed, epoch, image, 2];
  const isAttacked = clues?.bonaFide === name && random.random() < clues.probability;
  if (!isAttacked) {
    return {
      image,
      class: name,
      species: name,
      presentation: augmented ? { seed: stream, augmented } : undefined,
    };
  }
  const clue = clues.clues[random.integer(0, clues.clues.length)];
  const severity = severities[random.integer(0, severities.length)];
  const presentation = { seed: stream, clue: { name: clue, severity }, augmented };
  return { image, class: clues.attack, species: clue, presentation };
}

/** What a split is measured on: its images as they are, and each bona fide one with every clue. */
export function measuredExamples(
  { images }: TrainingData,
  split: Split,
  { seed, clues }: Pick<ShowOptions, 'seed' | 'clues'>,
): Example[] {
  return images.flatMap((own, image): Example[] => {
    if (own.split !== split) return [];
    const plain: Example = { image, class: own.class, species: own.class };
    if (clues?.bonaFide !== own.class) return [plain];
    const attacked = clues.clues.map((name, nth): Example => ({
      image,
      class: clues.attack,
      species: name,
      presentation: {
        seed: [seed, image, nth, 3],
        clue: { name, severity: clues.severity },
        augmented: false,
      },
    }));
    return [plain, ...attacked];
  });
}
