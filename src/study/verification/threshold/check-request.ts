import { requireSupport } from '../../../measure/verification/rule-of-three.js';
import { Problem } from '../../../problem.js';
import type { ThresholdRequest } from './threshold-request.js';

/**
 * Refuses, before any work, a threshold that the pairs of a list cannot give.
 * @throws Problem with the numbers.
 */
export function checkRequest(
  request: ThresholdRequest,
  list: string,
  pairs: readonly { readonly genuine: boolean }[],
): void {
  const genuine = pairs.filter((pair) => pair.genuine).length;
  const impostor = pairs.length - genuine;
  if (request.kind === 'eer' && (genuine === 0 || impostor === 0)) {
    throw new Problem(
      list,
      `holds ${genuine === 0 ? 'impostor' : 'genuine'} pairs only, so it has no EER`,
      `add ${genuine === 0 ? 'genuine' : 'impostor'} pairs, or give a threshold with --at, such as --at 0.31`,
    );
  }
  if (request.kind === 'fmr') requireSupport('FMR', request.target, 'impostor', impostor);
}
