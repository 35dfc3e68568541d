import { Problem } from '../../../problem.js';
import { sigmoidDecision, softmaxDecision, type Decision } from '../../../train/decision.js';
import type { CluePlan } from '../examples.js';
import type { TrainingData } from '../training-data.js';
import type { HeadOptions } from './head-options.js';

/**
 * Which classes a head tells apart, and how: two by one logit, more by one each.
 * @throws {Problem} where the bona fide class is unknown, or there is one class only.
 */
export function headDecision(
  { bonaFide, task }: HeadOptions,
  data: TrainingData,
  clues: CluePlan | undefined,
): Decision {
  const classes = [...new Set([...data.classes, ...(clues === undefined ? [] : [clues.attack])])].sort();
  if (task !== 'attribute' && bonaFide === undefined) {
    throw new Problem(
      '--bona-fide',
      `is missing: the classes are ${classes.join(', ')}`,
      'name the one that is bona fide, or give --task attribute',
    );
  }
  if (bonaFide !== undefined && !classes.includes(bonaFide)) {
    throw new Problem(`--bona-fide ${bonaFide}`, `is no class`, `the classes are ${classes.join(', ')}`);
  }
  if (classes.length < 2) {
    throw new Problem(
      'the data set',
      `has only the class ${classes.join('')}`,
      'add images of another one, or make attacks of bona fide images with --clues',
    );
  }
  if (classes.length > 2) return softmaxDecision(classes, bonaFide);
  const [a, b] = classes;
  return sigmoidDecision(a === bonaFide ? [b, a] : [a, b], bonaFide);
}
