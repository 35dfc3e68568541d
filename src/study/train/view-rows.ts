import { readFileSync } from 'node:fs';
import { loadOpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { CardInput } from '../../model/card.js';
import { inputShape, writeInput } from '../../model/write-input.js';
import type { AugmentationSettings } from '../../perturb/augment/augment.js';
import { decodeNpy } from '../../tensor/npy.js';
import type { RowSource } from '../../train/row-source.js';
import { present, type Presentation } from './presentation.js';

export interface ViewRowsOptions {
  /** The view of each image. */
  readonly files: readonly string[];
  /** Of fixed size. */
  readonly input: CardInput;
  readonly augmentations: AugmentationSettings;
}

/** Rows of pixels: views with their clues and augmentations, as the network takes them in. */
export default async function startViewRows(options: ViewRowsOptions): Promise<RowSource> {
  const { files, input, augmentations } = options;
  const cv = await loadOpenCv();
  const [width, height] = [input.width!, input.height!];
  return {
    shape: inputShape(input, 1, { width, height }).slice(1),
    write(item, presentation, into) {
      const view = readView(files[item]);
      const shown =
        presentation === undefined ? view : present(cv, view, presentation as Presentation, augmentations);
      writeInput(cv, input, shown, into, 0);
    },
  };
}

function readView(file: string): RasterImage {
  const { data, shape } = decodeNpy(readFileSync(file), file);
  const [height, width] = shape;
  return { width, height, channels: 3, data: data as Uint8Array };
}
