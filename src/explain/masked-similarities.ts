import type { Model } from '../model/model.js';
import type { Tensor } from '../tensor/tensor.js';
import { blackInput, constantInput, pixelOfElement } from './network-input.js';
import { embeddingOutput } from './pair-explanation.js';
import { outputOf, scoreRows, type ScoringOptions } from './score-rows.js';
import { bindTarget, zeroEmbedding } from './target.js';

/** The embedding of one image, as the network gives it. */
export function embeddingOf(model: Model, { data, shape }: Tensor): Promise<Float32Array> {
  return outputOf(model, shape.slice(1), (into) => into.set(data), embeddingOutput(model.card));
}

/** Whether a mask shows a pixel, counted in rows from the top. */
export type IsShown = (mask: number, pixel: number) => boolean;

/**
 * The cosine of a reference and each masked variant of an image. Hidden pixels are black before preprocessing.
 *
 * @throws Problem where an embedding is zero or not finite.
 */
export function maskedSimilarities(
  model: Model,
  image: Tensor,
  reference: Float32Array,
  masks: number,
  isShown: IsShown,
  options: ScoringOptions,
): Promise<Float64Array> {
  const bound = bindTarget({ kind: 'similarity', reference }, model.card);
  return scoreMasked(model, image, masks, isShown, (values) => bound.value(values, values), options);
}

/**
 * The embedding of each masked variant of an image, divided by its length.
 *
 * @returns shape [masks, length of the embedding].
 * @throws Problem where an embedding is zero or not finite.
 */
export async function maskedDirections(
  model: Model,
  image: Tensor,
  masks: number,
  isShown: IsShown,
  options: ScoringOptions,
): Promise<Tensor> {
  let directions = new Float32Array();
  const keep = (values: Float32Array, mask: number): number => {
    if (directions.length === 0) directions = new Float32Array(masks * values.length);
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    if (length === 0) throw zeroEmbedding(model.card);
    directions.set(
      values.map((value) => value / length),
      mask * values.length,
    );
    return length;
  };
  await scoreMasked(model, image, masks, isShown, keep, options);
  return { data: directions, shape: [masks, directions.length / masks] };
}

function scoreMasked(
  model: Model,
  image: Tensor,
  masks: number,
  isShown: IsShown,
  score: (values: Float32Array, mask: number) => number,
  options: ScoringOptions,
): Promise<Float64Array> {
  const { card } = model;
  const black = constantInput(image, card.input.layout, blackInput(card.input)).data;
  const pixelOf = pixelOfElement(image.shape, card.input.layout);
  return scoreRows(
    model,
    image.shape.slice(1),
    masks,
    (mask, into) => {
      for (let at = 0; at < into.length; at++) {
        into[at] = isShown(mask, pixelOf(at)) ? image.data[at] : black[at];
      }
    },
    embeddingOutput(card),
    score,
    options,
  );
}
