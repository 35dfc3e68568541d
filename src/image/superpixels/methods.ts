import type { RasterImage } from '../raster-image.js';
import { grid, type GridOptions } from './grid.js';
import { quickshift, type QuickshiftOptions } from './quickshift/quickshift.js';
import type { Segmentation } from './segmentation.js';
import { slic, type SlicOptions } from './slic/slic.js';

/** The options of all methods; each reads its own. */
export type SuperpixelOptions = SlicOptions & QuickshiftOptions & GridOptions;

/** A way to cut an image into segments that needs nothing but the image. */
export interface SuperpixelMethod {
  readonly summary: string;
  /** Whether it draws random numbers. */
  readonly seeded: boolean;
  readonly options: readonly (keyof SuperpixelOptions)[];
  readonly segment: (image: RasterImage, options?: SuperpixelOptions) => Segmentation;
}

/** Every method by its name on the command line. */
export const superpixelMethods = {
  slic: {
    summary: 'pieces of about one size that follow the edges',
    seeded: false,
    options: ['segments', 'compactness'],
    segment: slic,
  },
  quickshift: {
    summary: 'pieces of one colour, as many as the image has',
    seeded: true,
    options: ['kernelSize', 'maxDistance', 'ratio', 'seed'],
    segment: quickshift,
  },
  grid: {
    summary: 'equal rectangles, whatever the image shows',
    seeded: false,
    options: ['rows', 'columns'],
    segment: grid,
  },
} as const satisfies Readonly<Record<string, SuperpixelMethod>>;

export type SuperpixelMethodName = keyof typeof superpixelMethods;
