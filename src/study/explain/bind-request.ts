import { decodeImage } from '../../dataset/decode-image.js';
import type { Target } from '../../explain/target.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { embedImage } from '../score/embed-image.js';
import type { Model } from '../../model/model.js';
import type { TargetRequest } from './target-request.js';

/**
 * The target of a request: a reference photograph becomes its embedding.
 * @param view the part of a photograph that the model sees.
 */
export async function bindRequest(
  cv: OpenCv,
  model: Model,
  request: TargetRequest,
  view: (photo: RasterImage) => Promise<{ image: RasterImage }>,
): Promise<Target> {
  if (request.kind !== 'similarity') return request;
  const { image: photo } = await decodeImage(request.referenceFile);
  return { kind: 'similarity', reference: await embedImage(cv, model, (await view(photo)).image) };
}
