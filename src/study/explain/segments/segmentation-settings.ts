import { type SuperpixelMethodName, superpixelMethods } from '../../../image/superpixels/methods.js';

/** How an image is cut into segments: superpixels, or the regions of the face. */
export type SegmentationSettings =
  | { readonly method: 'regions' }
  | {
      readonly method: SuperpixelMethodName;
      /** As its method names them. The seed of quick shift is drawn from that of the explanation. */
      readonly options: Readonly<Record<string, number>>;
    };

export const segmentationNames = [
  ...(Object.keys(superpixelMethods) as SuperpixelMethodName[]),
  'regions',
] as const;

/** The options of the command line that make a segmentation. */
export interface SegmentationOptions {
  readonly segmentation: (typeof segmentationNames)[number];
  readonly segments: number;
  readonly compactness: number;
  readonly quickshiftKernel: number;
  readonly quickshiftDistance: number;
  readonly quickshiftRatio: number;
  readonly gridRowsCount: number;
  readonly gridColumnsCount: number;
}

/** The settings of the method that is chosen, without those of the others. */
export function segmentationSettings(options: SegmentationOptions): SegmentationSettings {
  const { segments, compactness } = options;
  switch (options.segmentation) {
    case 'regions':
      return { method: 'regions' };
    case 'slic':
      return { method: 'slic', options: { segments, compactness } };
    case 'quickshift':
      return {
        method: 'quickshift',
        options: {
          kernelSize: options.quickshiftKernel,
          maxDistance: options.quickshiftDistance,
          ratio: options.quickshiftRatio,
        },
      };
    case 'grid':
      return { method: 'grid', options: { rows: options.gridRowsCount, columns: options.gridColumnsCount } };
  }
}
