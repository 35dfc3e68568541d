import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { Box } from '../../../image/geometry.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Task } from '../../../jobs/task.js';
import type { Card } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import { cosineSimilarity } from '../../../tensor/cosine-similarity.js';
import { embedImage } from '../../score/embed-image.js';
import { followRecipe, type PatchRecipe } from './patch-recipe.js';

export interface PatchTaskOptions {
  readonly folder: string;
  readonly model: string;
  readonly card: Card;
  /** Quality of JPEG; undefined for PNG. */
  readonly jpeg: number | undefined;
}

/** A pair whose first image is to be patched. */
export interface PatchItem {
  /** The name of the pair. */
  readonly name: string;
  readonly recipe: PatchRecipe;
  /** The donor as in the list. */
  readonly donor: string;
  readonly faceB: string;
}

/** What the journal keeps of a patched pair. */
export interface PatchedFace {
  /** Path of the patched image below the folder of the step. */
  readonly image: string;
  readonly donor: string;
  readonly patches: readonly Box[];
  /** Of the patched image and the second image. */
  readonly cosine: number;
}

/** Patches the first image of each pair and compares it with the second one. */
export default async function startPatching(
  options: PatchTaskOptions,
): Promise<Task<PatchItem, PatchedFace>> {
  const { card, jpeg } = options;
  const cv = await loadOpenCv();
  const model = await openModel(options.model, { card, inline: true });
  const read = async (source: string | Uint8Array) => (await decodeImage(source)).image;
  // OpenCV's own file, byte for byte.
  const encode = (image: RasterImage) =>
    jpeg === undefined
      ? encodeImage(image, 'png')
      : encodeImage(image, 'jpeg', { quality: jpeg, dct: 'accurate' });
  const stored = async (image: RasterImage) => (jpeg === undefined ? image : read(await encode(image)));

  return {
    async run({ name, recipe, donor, faceB }) {
      const bytes = await encode(await followRecipe(recipe, read, stored));
      const image = `images/${name}.${jpeg === undefined ? 'png' : 'jpg'}`;
      // What is scored is what is in the file.
      const patched = await embedImage(cv, model, await read(bytes));
      const reference = await embedImage(cv, model, await read(faceB));
      await writeFileAtomic(outputPath(options.folder, image), bytes);
      return { image, donor, patches: recipe.patches, cosine: cosineSimilarity(patched, reference) };
    },
  };
}
