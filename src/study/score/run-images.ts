import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { cardInput } from '../../model/check-card.js';
import type { Model } from '../../model/model.js';
import { inputLength, inputShape, writeInput } from '../../model/write-input.js';
import type { Tensor } from '../../tensor/tensor.js';

/** One forward pass over views; all of one size where the model takes any. */
export async function runImages(
  cv: OpenCv,
  model: Model,
  views: readonly RasterImage[],
): Promise<Record<string, Tensor>> {
  const { input, name } = model.card;
  const data = new Float32Array(views.length * inputLength(input, views[0]));
  for (const [row, view] of views.entries()) writeInput(cv, input, view, data, row);
  const feed = cardInput(model.card, model, name).name;
  return model.run({ [feed]: { data, shape: inputShape(input, views.length, views[0]) } });
}
