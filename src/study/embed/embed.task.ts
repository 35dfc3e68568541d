import { decodeImage } from '../../dataset/decode-image.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { Task } from '../../jobs/task.js';
import type { Card } from '../../model/card.js';
import { openModel } from '../../model/open-model.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import { faceView, wholeView } from '../faces/face-view.js';
import type { ImageItem } from '../image-items.js';
import { embedImage } from '../score/embed-image.js';

export interface EmbedTaskOptions {
  readonly model: string;
  readonly card: Card;
  readonly aligned: boolean;
  readonly tools: FaceTools;
}

/** Gives the embedding, of length 1, of the face of one image after the other. */
export default async function startEmbedding(
  options: EmbedTaskOptions,
): Promise<Task<ImageItem, Float32Array>> {
  const { card, aligned } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true });
  return {
    async run({ name, file }) {
      const { image } = await decodeImage(file, { name });
      const view = aligned ? wholeView(image) : await faceView(cv, finder, card.input, image);
      return embedImage(cv, model, view.image);
    },
  };
}
