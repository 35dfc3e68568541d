import { Problem } from '../../problem.js';
import type { MaskMethod } from '../explain/image-method.js';

/** How LIME explains the images of a study. */
export type LimeMethod = Extract<MaskMethod, { readonly name: 'lime' }>;

/**
 * Refuses, before any image is looked at, what could not explain one of them.
 * @throws Problem where there is one segment only, or there are too few samples for the segments that are asked for.
 */
export function checkLimeMethod({ segmentation, samples }: LimeMethod): void {
  const segments = segmentsAskedFor(segmentation);
  if (segments === undefined) return;
  if (segments < 2) {
    throw new Problem(
      'segmentation',
      'the whole image is one segment, so there is nothing to compare',
      'ask for more segments',
    );
  }
  const least = segments + 2;
  if (samples < least) {
    throw new Problem(
      `samples ${samples}`,
      `are too few to weigh ${segments} segments`,
      `take at least ${least}, better 1000`,
    );
  }
}

/** Undefined where the image decides. */
function segmentsAskedFor(segmentation: LimeMethod['segmentation']): number | undefined {
  if (segmentation.method === 'regions') return undefined;
  const { options } = segmentation;
  switch (segmentation.method) {
    case 'slic':
      return options.segments;
    case 'grid':
      return options.rows * options.columns;
    case 'quickshift':
      return undefined;
  }
}
