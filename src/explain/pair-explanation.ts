import type { Card } from '../model/card.js';
import { Problem } from '../problem.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Provenance } from './saliency-map.js';

/** Two images as the network takes them, such as `networkInput` makes them. */
export interface PairInput {
  readonly a: Tensor;
  readonly b: Tensor;
}

/** What one image of a pair says about the match, one value a pixel of the network's input in rows from the top. */
export interface PairMaps {
  readonly width: number;
  readonly height: number;
  /** What speaks for a match, from 0. */
  readonly positive: Float32Array;
  /** What speaks against it, from 0. */
  readonly negative: Float32Array;
  /** `positive - negative`. */
  readonly combined: Float32Array;
  /** Signed gradients of shape [height, width, channels], where the method has them. */
  readonly gradients?: { readonly positive: PairGradient; readonly negative: PairGradient };
}

export type PairGradient = Tensor;

/** Why two faces match, or why they do not. */
export interface PairExplanation {
  /** Cosine of the two embeddings. */
  readonly cosine: number;
  /** null where none is known. */
  readonly threshold: number | null;
  /** A match is accepted where cosine >= threshold. */
  readonly decision: 'match' | 'non-match' | null;
  /** The first image, explained against the second. */
  readonly a: PairMaps;
  /** The second image, explained against the first. */
  readonly b: PairMaps;
  readonly provenance: Omit<Provenance, 'range'>;
}

/** The decision at a threshold; ties are matches. */
export function decide(cosine: number, threshold: number | null): PairExplanation['decision'] {
  if (threshold === null) return null;
  return cosine >= threshold ? 'match' : 'non-match';
}

/**
 * The output of a card that is an embedding, by its name in the graph.
 * @throws Problem where there is none.
 */
export function embeddingOutput({ name, outputs }: Card): string {
  const found = Object.keys(outputs).find((output) => outputs[output].kind === 'embedding');
  if (found !== undefined) return found;
  throw new Problem(
    name,
    'its card has no output of kind embedding, so it compares no faces',
    'take a verification model, such as fr_feature',
  );
}

/**
 * @throws Problem where the images differ in size, or are one and the same, or the threshold is no cosine.
 */
export function checkPair({ a, b }: PairInput, threshold: number | null = null): void {
  if (threshold !== null && !(threshold >= -1 && threshold <= 1)) {
    throw new Problem(`threshold ${threshold}`, 'is not a cosine', 'give a threshold from -1 to 1');
  }
  if (a.shape.join() !== b.shape.join()) {
    throw new Problem(
      'pair',
      `the images have the shapes [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`,
      'bring both to one size',
    );
  }
  if (a.data.every((value, at) => value === b.data[at])) {
    throw new Problem('pair', 'both images are the same, pixel by pixel', 'compare two photographs');
  }
}

/** Positive, negative and combined maps of a signed map. */
export function mapsOfSigned(combined: Float32Array, width: number, height: number): PairMaps {
  return {
    width,
    height,
    positive: combined.map((value) => Math.max(0, value)),
    negative: combined.map((value) => Math.max(0, -value)),
    combined,
  };
}
