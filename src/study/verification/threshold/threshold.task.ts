import { createHash } from 'node:crypto';
import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { Face } from '../../../face/face.js';
import type { AffineMatrix } from '../../../image/geometry.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Task } from '../../../jobs/task.js';
import type { Card, CardInput } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import { Problem } from '../../../problem.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { faceView, wholeView } from '../../faces/face-view.js';
import type { ImageItem } from '../../image-items.js';
import { embedImage } from '../../score/embed-image.js';
import { facePath } from './face-path.js';

export interface ThresholdTaskOptions {
  readonly folder: string;
  readonly model: string;
  readonly card: Card;
  readonly aligned: boolean;
  readonly tools: FaceTools;
}

/** What the journal keeps of one image of the protocol. */
export interface EmbeddedFace {
  /** float32, little-endian, of length 1, as base64. */
  readonly embedding: string;
  /** SHA-256 of the samples of the aligned face: two photographs of one hash are one and the same to the model. */
  readonly sha256: string;
  /** Of the aligned face, in pixels. */
  readonly width: number;
  readonly height: number;
  /** From pixels of the aligned face to pixels of the photograph. */
  readonly toPhoto: AffineMatrix;
  /** Null where no face was looked for. */
  readonly face: Face | null;
  readonly notes: readonly string[];
}

/** Aligns the face of each image of a protocol, writes it losslessly, and embeds it. */
export default async function startEmbedding(
  options: ThresholdTaskOptions,
): Promise<Task<ImageItem, EmbeddedFace>> {
  const { card, aligned } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true });

  return {
    async run({ name, file }) {
      const { image: photo, notes } = await decodeImage(file, { name });
      if (aligned) checkSize(name, card.input, photo);
      const view = aligned ? wholeView(photo) : await faceView(cv, finder, card.input, photo);
      const embedding = await embedImage(cv, model, view.image);
      const path = outputPath(options.folder, facePath(name));
      await writeFileAtomic(path, await encodeImage(view.image, 'png'));
      return {
        embedding: toBase64(embedding),
        sha256: createHash('sha256').update(view.image.data).digest('hex'),
        width: view.image.width,
        height: view.image.height,
        toPhoto: view.toPhoto,
        face: view.face ?? null,
        notes,
      };
    },
  };
}

/** An image that is what the model sees has the size that the model takes. */
function checkSize(name: string, { width, height }: CardInput, image: RasterImage): void {
  if ((width ?? image.width) === image.width && (height ?? image.height) === image.height) return;
  throw new Problem(
    name,
    `has ${image.width} x ${image.height} pixels, the network takes ${width ?? 'any'} x ${height ?? 'any'}`,
    'leave --aligned out, or align it with `faceprobe crop --align arcface`',
  );
}

function toBase64(values: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, at) => bytes.setFloat32(4 * at, value, true));
  return Buffer.from(bytes.buffer).toString('base64');
}

/** The embedding that the journal keeps. */
export function embeddingOf({ embedding }: Pick<EmbeddedFace, 'embedding'>): Float32Array {
  const bytes = Buffer.from(embedding, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
}
