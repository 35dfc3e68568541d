import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Model } from '../../model/model.js';
import { embedding } from '../../model/outputs/embedding.js';
import { runImages } from './run-images.js';

/** The embedding of one view, of length 1. @throws {Problem} where the model gives none, or a zero one. */
export async function embedImage(cv: OpenCv, model: Model, view: RasterImage): Promise<Float32Array> {
  const outputs = await runImages(cv, model, [view]);
  return embedding(model.card, outputs, 0);
}
