import type { RasterImage } from '../../src/image/raster-image.js';
import type { Segmentation } from '../../src/image/superpixels/segmentation.js';
import type { CardInput } from '../../src/model/card.js';
import type { Model } from '../../src/model/model.js';
import { RandomState } from '../../src/tensor/random.js';
import { linearModel, type LinearModel } from './linear-model.js';

export const [width, height] = [12, 8];
const random = new RandomState(1);

export const image: RasterImage = {
  width,
  height,
  channels: 3,
  data: Uint8Array.from({ length: 3 * width * height }, () => random.integer(0, 256)),
};

/** Five segments that are no rectangles, and of unequal size. */
export const segmentation: Segmentation = {
  width,
  height,
  count: 5,
  labels: Int32Array.from({ length: width * height }, (_, at) =>
    Math.min(4, Math.floor(((at % width) + Math.floor(at / width) * 0.7) / 3)),
  ),
};

/** Of the logit of the additive model, one an element of its input. */
export const weights = Float32Array.from({ length: 3 * width * height }, () => random.normal());

export const input = { width, height, mean: [100, 120, 140], std: [50, 60, 70] };

/** The logit of its class `a` is additive over pixels. */
export function additive(changes: Partial<CardInput> = {}): LinearModel {
  return linearModel(
    [weights, weights.map((value) => -value)],
    { ...input, ...changes },
    { kind: 'logits', classes: ['a', 'b'] },
  );
}

/** An embedding whose cosine is not additive. */
export function bent(): Model {
  const rows = Array.from({ length: 6 }, (_, row) =>
    weights.map((value, at) => value * Math.sin(at * (row + 1))),
  );
  return linearModel(rows, input, { kind: 'embedding', normalised: false }, { task: 'verification' });
}

/** Does not look at its input. */
export function constant(): Model {
  const blind = new Float32Array(weights.length);
  return linearModel([blind, blind], input, { kind: 'logits', classes: ['a', 'b'] });
}
