import { softmax } from '../tensor/softmax.js';
import type { LossName } from './losses/losses.js';

/** What the logits of a network mean: how classes become targets, and logits probabilities. */
export interface Decision {
  readonly classes: readonly string[];
  readonly loss: LossName;
  /** How many logits there are: one for a class against the rest, else one a class. */
  readonly outputs: number;
  /** What the outputs should be for a class, by its position. */
  readonly targetOf: (position: number) => readonly number[];
  readonly classOf: (target: readonly number[]) => number;
  /** The probability of each class from the logits of one row. */
  readonly probabilities: (logits: Float32Array) => ArrayLike<number>;
  /** Position of the bona fide class; undefined where none is. */
  readonly bonaFide: number | undefined;
}

/**
 * One logit: the first class against the second, by sigmoid.
 * @param classes the class that the probability is of, and the other one
 */
export function sigmoidDecision(classes: readonly [string, string], bonaFide: string | undefined): Decision {
  return {
    classes,
    loss: 'sigmoid-cross-entropy',
    outputs: 1,
    targetOf: (position) => [position === 0 ? 1 : 0],
    classOf: ([target]) => (target === 1 ? 0 : 1),
    probabilities: ([logit]) => {
      const probability = 1 / (1 + Math.exp(-logit));
      return [probability, 1 - probability];
    },
    bonaFide: positionOf(classes, bonaFide),
  };
}

/** One logit a class, by softmax. */
export function softmaxDecision(classes: readonly string[], bonaFide: string | undefined): Decision {
  return {
    classes,
    loss: 'softmax-cross-entropy',
    outputs: classes.length,
    targetOf: (position) => classes.map((_, at) => (at === position ? 1 : 0)),
    classOf: (target) => target.indexOf(1),
    probabilities: softmax,
    bonaFide: positionOf(classes, bonaFide),
  };
}

function positionOf(classes: readonly string[], name: string | undefined): number | undefined {
  const position = name === undefined ? -1 : classes.indexOf(name);
  return position < 0 ? undefined : position;
}
