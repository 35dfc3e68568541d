import { writeScoreFile } from '../../dataset/write-score-file.js';
import type { Decision } from '../../train/decision.js';
import type { Scored } from '../../train/learner.worker.js';
import type { Example } from './examples.js';
import type { ScoredExample } from './test-measures.js';
import type { LabelledImage } from './training-data.js';

/** The scores of measured examples, where there is a bona fide class. */
export function scoredExamples(
  { logits }: Scored,
  examples: readonly Example[],
  images: readonly LabelledImage[],
  { bonaFide, classes, probabilities }: Decision,
): ScoredExample[] | undefined {
  if (bonaFide === undefined) return undefined;
  const outputs = logits.length / examples.length;
  return examples.map((example, row) => ({
    score: probabilities(logits.subarray(row * outputs, (row + 1) * outputs))[bonaFide],
    species: example.class === classes[bonaFide] ? undefined : example.species,
    people: images[example.image].people,
  }));
}

/** The scores as a CSV that `evaluate` reads: path, P(bona fide), class, species and people. */
export async function writeScoredExamples(
  file: string,
  scored: readonly ScoredExample[],
  examples: readonly Example[],
  images: readonly LabelledImage[],
): Promise<void> {
  await writeScoreFile(
    file,
    scored.map(({ score, species, people }, row) => ({
      path: images[examples[row].image].name,
      score,
      label: examples[row].class,
      extra: { species: species ?? '', identity: people.join('+') },
    })),
  );
}
