import type { Model } from '../model/model.js';
import type { Tensor } from '../tensor/tensor.js';
import { blackInput, constantInput, pixelOfElement } from './network-input.js';
import { embeddingOutput } from './pair-explanation.js';
import { outputOf, scoreRows, type ScoringOptions } from './score-rows.js';
import { bindTarget } from './target.js';

/** The embedding of one image, as the network gives it. */
export function embeddingOf(model: Model, { data, shape }: Tensor): Promise<Float32Array> {
  return outputOf(model, shape.slice(1), (into) => into.set(data), embeddingOutput(model.card));
}

/**
 * The cosine of a reference and each masked variant of an image. Hidden pixels are black before preprocessing.
 *
 * @param isShown whether a mask shows a pixel, counted in rows from the top.
 * @throws Problem where an embedding is zero or not finite.
 */
export function maskedSimilarities(
  model: Model,
  image: Tensor,
  reference: Float32Array,
  masks: number,
  isShown: (mask: number, pixel: number) => boolean,
  options: ScoringOptions,
): Promise<Float64Array> {
  const { card } = model;
  const { layout } = card.input;
  const bound = bindTarget({ kind: 'similarity', reference }, card);
  const black = constantInput(image, layout, blackInput(card.input)).data;
  const pixelOf = pixelOfElement(image.shape, layout);
  return scoreRows(
    model,
    image.shape.slice(1),
    masks,
    (mask, into) => {
      for (let at = 0; at < into.length; at++) {
        into[at] = isShown(mask, pixelOf(at)) ? image.data[at] : black[at];
      }
    },
    bound.output,
    (values) => bound.value(values, values),
    options,
  );
}
