import { Problem } from '../../../problem.js';
import type { PairMethod } from '../../pair/pair-method.js';
import type { StudyMethod, StudyMethodOptions } from './study-method.js';

/**
 * The methods of a study that explain both images of a pair, at the study's threshold.
 * @throws Problem where one explains single images only.
 */
export function pairMethodsOf(
  { methods, batchSize }: StudyMethodOptions,
  { threshold, seed }: { readonly threshold: number; readonly seed: number },
): PairMethod[] {
  return methods.map((method: StudyMethod): PairMethod => {
    switch (method.name) {
      case 'xssab':
        return { name: method.name, threshold };
      case 'fggb':
        return { name: method.name, threshold, batchSize };
      case 'corrrise': {
        const { masks, patches, 'patch-size': patchSize } = method.options;
        return { name: method.name, threshold, masks, patches, patchSize, seed, batchSize };
      }
      case 'xface': {
        const { 'patch-sizes': patchSizes, stride } = method.options;
        return { name: method.name, threshold, patchSizes, stride, batchSize };
      }
      default:
        throw new Problem(
          method.name,
          'explains one image at a time, not pairs',
          'take xssab, fggb, corrrise or xface; `verification replace` takes the others as well',
        );
    }
  });
}
