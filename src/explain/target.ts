import type { Card, CardOutput } from '../model/card.js';
import { classNames } from '../model/card.js';
import type { FinalActivations } from '../model/model.js';
import { Problem } from '../problem.js';
import { cosineSimilarity } from '../tensor/cosine-similarity.js';
import { softmax } from '../tensor/softmax.js';

/**
 * What is explained: one number that follows from a model's outputs.
 *
 * A probability near 0 or 1 hardly moves when a part of the face is hidden, because softmax saturates; the logit still
 * does. Use it where a map of a confident decision looks empty.
 */
export type Target =
  /** The class that the card names as bona fide. */
  | { readonly kind: 'bona-fide'; readonly of?: 'probability' | 'logit' }
  /** A class by its name. */
  | { readonly kind: 'class'; readonly class: string; readonly of?: 'probability' | 'logit' }
  /** Cosine of the image's embedding and that of another image. */
  | { readonly kind: 'similarity'; readonly reference: Float32Array }
  /** Cosine of the embedding of the perturbed image and that of the image as it is: 1 where nothing changes. */
  | { readonly kind: 'self-similarity' }
  /** A regressed quantity by its name, such as `age`. */
  | { readonly kind: 'quantity'; readonly quantity: string };

/** A target that is bound to a model's outputs. */
export interface BoundTarget {
  /** In words, for people: `probability of live`. */
  readonly name: string;
  /** The output that it is read from, by its name in the graph. */
  readonly output: string;
  /**
   * The value for one image, from that output's values of it.
   * @param original the output's values of the image as it is; only `self-similarity` looks at them.
   */
  value(values: Float32Array, original: Float32Array): number;
  /** Whether the value is linear in the output, so that its derivative is the same for every image. */
  readonly linear: boolean;
  /** The derivative of the value by each of the values. */
  gradient(values: Float32Array, original: Float32Array): Float32Array;
}

/**
 * Binds a target to the outputs that a card describes.
 *
 * @param activations of the model; without them a card of probabilities has no logits.
 * @throws Problem where the card has no such output, or the graph no logits.
 */
export function bindTarget(target: Target, card: Card, activations: FinalActivations = {}): BoundTarget {
  switch (target.kind) {
    case 'bona-fide':
      if (card.bonaFide === undefined) {
        throw new Problem(card.name, 'its card names no bona fide class', 'add bonaFide to the card');
      }
      return bindClass(card, activations, card.bonaFide, target.of ?? 'probability');
    case 'class':
      return bindClass(card, activations, target.class, target.of ?? 'probability');
    case 'similarity': {
      const { reference } = target;
      return {
        name: 'cosine similarity to the reference',
        output: findOutput(card, 'embedding')[0],
        linear: false,
        value: (values) => cosine(values, reference, card),
        gradient: (values) => cosineGradient(values, reference, card),
      };
    }
    case 'self-similarity':
      return {
        name: 'cosine similarity to the image as it is',
        output: findOutput(card, 'embedding')[0],
        linear: false,
        value: (values, original) => cosine(values, original, card),
        gradient: (values, original) => cosineGradient(values, original, card),
      };
    case 'quantity': {
      const [output, { unit }] = findOutput(
        card,
        'regression',
        ({ quantity }) => quantity === target.quantity,
      );
      return {
        name: `${target.quantity} in ${unit}`,
        output,
        linear: true,
        value: (values) => values[0],
        gradient: () => Float32Array.of(1),
      };
    }
  }
}

function findOutput<Kind extends CardOutput['kind']>(
  card: Card,
  kind: Kind,
  accept: (output: Extract<CardOutput, { kind: Kind }>) => boolean = () => true,
): [name: string, output: Extract<CardOutput, { kind: Kind }>] {
  for (const [name, output] of Object.entries(card.outputs)) {
    const candidate = output as Extract<CardOutput, { kind: Kind }>;
    if (output.kind === kind && accept(candidate)) return [name, candidate];
  }
  throw new Problem(card.name, `its card has no such output of kind ${kind}`, 'choose another target');
}

function bindClass(
  card: Card,
  activations: FinalActivations,
  className: string,
  of: 'probability' | 'logit',
): BoundTarget {
  for (const [output, meaning] of Object.entries(card.outputs)) {
    const index = classNames(meaning).indexOf(className);
    if (index < 0) continue;
    const name = `${of} of ${className}`;
    if (meaning.kind === 'logits') {
      return of === 'logit' ? element(name, output, index) : softmaxOf(name, output, index);
    }
    const isOther = meaning.kind === 'probability' && index === 1;
    if (of === 'logit') {
      const logits = logitsOf(card, activations, output);
      // sigmoid(-z) = 1 - sigmoid(z)
      return isOther ? affine(name, logits, 0, -1) : element(name, logits, index);
    }
    return isOther ? affine(name, output, 1, -1) : element(name, output, index);
  }
  const known = Object.values(card.outputs).flatMap((output) => [...classNames(output)]);
  throw new Problem(
    card.name,
    `it has no class "${className}"`,
    known.length === 0 ? 'its outputs have no classes' : `its classes are ${known.join(', ')}`,
  );
}

/** The tensor that the probabilities of an output are computed from. */
function logitsOf(card: Card, activations: FinalActivations, output: string): string {
  if (Object.hasOwn(activations, output)) return activations[output].logits;
  throw new Problem(
    card.name,
    `its output "${output}" gives probabilities, and the graph does not end in a softmax or sigmoid that has logits`,
    'explain the probability',
  );
}

/** offset + slope * the output's only value. */
function affine(name: string, output: string, offset: number, slope: number): BoundTarget {
  return {
    name,
    output,
    linear: true,
    value: ([value]) => offset + slope * value,
    gradient: () => Float32Array.of(slope),
  };
}

function element(name: string, output: string, index: number): BoundTarget {
  return {
    name,
    output,
    linear: true,
    value: (values) => values[index],
    gradient: (values) => Float32Array.from(values, (_, at) => (at === index ? 1 : 0)),
  };
}

function softmaxOf(name: string, output: string, index: number): BoundTarget {
  return {
    name,
    output,
    linear: false,
    value: (values) => softmax(values)[index],
    gradient: (values) => {
      const p = softmax(values);
      return Float32Array.from(p, (other, at) => p[index] * ((at === index ? 1 : 0) - other));
    },
  };
}

function cosine(values: Float32Array, reference: Float32Array, card: Card): number {
  if (values.length !== reference.length) {
    throw new Problem(
      'reference',
      `its embedding has ${reference.length} values, that of ${card.name} has ${values.length}`,
      'make both embeddings with the same model',
    );
  }
  for (const vector of [values, reference]) {
    if (vector.some((value) => value !== 0)) continue;
    throw zeroEmbedding(card);
  }
  return cosineSimilarity(values, reference);
}

export function zeroEmbedding({ name }: Card): Problem {
  return new Problem(
    name,
    'an embedding is zero, so it has no direction',
    "check the card's mean and std with faceprobe models doctor",
  );
}

/** The part of the reference's direction at right angles to the values, divided by their length. */
function cosineGradient(values: Float32Array, reference: Float32Array, card: Card): Float32Array {
  const similarity = cosine(values, reference, card);
  const own = euclideanLength(values);
  const other = euclideanLength(reference);
  return Float32Array.from(values, (value, at) => (reference[at] / other - (similarity * value) / own) / own);
}

function euclideanLength(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
