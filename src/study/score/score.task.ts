import { decodeImage } from '../../dataset/decode-image.js';
import { readCelebaSpoofBox } from '../../dataset/labels/celeba-spoof-box.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { Task } from '../../jobs/task.js';
import type { Card } from '../../model/card.js';
import { openModel } from '../../model/open-model.js';
import { classScores } from '../../model/outputs/class-scores.js';
import { embedding } from '../../model/outputs/embedding.js';
import { cosineSimilarity } from '../../tensor/cosine-similarity.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import { faceView, viewOfFace, wholeView } from '../faces/face-view.js';
import type { ImageItem } from '../image-items.js';
import { embedImage } from './embed-image.js';
import { runImages } from './run-images.js';
import type { ScoreRequest } from './score-request.js';

/** Files that hold the boxes of faces. */
export type BoxSource = 'celeba-spoof';

export interface ScoreTaskOptions {
  readonly model: string;
  readonly card: Card;
  readonly request: ScoreRequest;
  /** The images are what the model sees. */
  readonly aligned: boolean;
  /** Where the faces are known. */
  readonly boxes?: BoxSource | undefined;
  readonly tools: FaceTools;
  /** Threads of one forward pass. */
  readonly threads: number;
}

/** What the journal keeps of one image. */
export interface ScoreResult {
  /** Null where the model gives an embedding and there is nothing to compare it with. */
  readonly score: number | null;
  /** The probability of every class, by its name. */
  readonly classes: Readonly<Record<string, number>>;
  /** Of length 1; only where a file of embeddings was asked for. */
  readonly embedding?: readonly number[];
  readonly notes: readonly string[];
}

/** Scores one image after the other. */
export default async function startScoring(options: ScoreTaskOptions): Promise<Task<ImageItem, ScoreResult>> {
  const { card, request, aligned, boxes, threads } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true, threads });

  const view = async (file: string, name: string) => {
    const { image, notes } = await decodeImage(file, { name });
    if (aligned) return { ...wholeView(image), notes };
    if (boxes === undefined) return { ...(await faceView(cv, finder, card.input, image)), notes };
    const face = await readCelebaSpoofBox(file, image.width, image.height);
    return {
      ...(await viewOfFace(cv, card.input, image, face, () => finder.landmarks(image, face))),
      notes,
    };
  };
  const reference =
    request.kind === 'similarity'
      ? await embedImage(cv, model, (await view(request.reference, request.reference)).image)
      : undefined;

  return {
    async run({ name, file }) {
      const { image, notes } = await view(file, name);
      const outputs = await runImages(cv, model, [image]);
      if (request.kind === 'class') {
        const classes = classScores(card, outputs, 0);
        return { score: classes[request.class], classes, notes };
      }
      const own = embedding(card, outputs, 0);
      return {
        score: reference === undefined ? null : cosineSimilarity(own, reference),
        classes: {},
        ...(request.keepEmbedding ? { embedding: [...own] } : {}),
        notes,
      };
    },
  };
}
