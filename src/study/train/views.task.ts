import { join } from 'node:path';
import { decodeImage } from '../../dataset/decode-image.js';
import { writeFileAtomicSync } from '../../dataset/write-file-atomic.js';
import { toRgb } from '../../image/gray.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { Task } from '../../jobs/task.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { CardInput } from '../../model/card.js';
import { resizeToInput } from '../../model/resize-to-input.js';
import { encodeNpy } from '../../tensor/npy.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import { nativeView, type NativeViewOptions } from './native-view.js';
import { present, type Presentation } from './presentation.js';

export interface ViewsTaskOptions extends NativeViewOptions {
  readonly input: CardInput;
  readonly tools: FaceTools;
  /** Where the views are kept. */
  readonly folder: string;
}

/** One image. Plain data. */
export interface ViewsItem {
  readonly name: string;
  readonly file: string;
  /**
   * The ways in which it is measured (null: as it is), which stay the same from epoch to epoch and are kept in the size of the
   * network's input. An image without any is learned from, and kept in full resolution.
   */
  readonly measured: readonly (Presentation | null)[];
}

export interface ViewResult {
  readonly notes: readonly string[];
}

/** What the network sees of each image, kept as `.npy` [height, width, 3]. */
export default async function startViews(options: ViewsTaskOptions): Promise<Task<ViewsItem, ViewResult>> {
  const { folder, input } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const keep = (file: string, { data, width, height }: RasterImage) => {
    writeFileAtomicSync(file, encodeNpy({ data, shape: [height, width, 3] }));
  };
  return {
    async run({ name, file, measured }) {
      const { image, notes } = await decodeImage(file, { name });
      const view = toRgb(await nativeView(cv, finder, input, image, options));
      if (measured.length === 0) keep(viewFile(folder, name), view);
      measured.forEach((presentation, nth) => {
        const shown = presentation === null ? view : present(cv, view, presentation, {});
        keep(viewFile(folder, name, nth), resizeToInput(cv, input, shown));
      });
      return { notes };
    },
  };
}

/** Where the view of an image is kept; `nth` of the ways in which it is measured. */
export function viewFile(folder: string, name: string, nth?: number): string {
  return join(folder, nth === undefined ? `${name}.npy` : `${name}.${nth}.npy`);
}
