import { Problem } from '../../../problem.js';

/** How the threshold of a study is chosen. Plain data. */
export type ThresholdRequest =
  | { readonly kind: 'eer' }
  | { readonly kind: 'fmr'; readonly target: number }
  | {
      readonly kind: 'given';
      readonly threshold: number;
    };

/**
 * `eer`, `fmr=0.001`, or a cosine such as `0.31`.
 * @throws Problem where it is none of them.
 */
export function parseThresholdRequest(text: string): ThresholdRequest {
  const wanted = text.trim().toLowerCase();
  if (wanted === 'eer') return { kind: 'eer' };
  if (wanted.startsWith('fmr=')) {
    const value = wanted.slice('fmr='.length);
    const target = Number(value);
    if (value === '' || !(target > 0 && target < 1))
      throw new Problem(`FMR ${value}`, 'is not a rate between 0 and 1', 'such as fmr=0.001');
    return { kind: 'fmr', target };
  }
  const threshold = Number(wanted);
  if (wanted === '' || Number.isNaN(threshold)) {
    throw new Problem(
      text,
      'is no way to choose a threshold',
      'give eer, fmr=0.001, or a cosine such as 0.31',
    );
  }
  if (!(threshold >= -1 && threshold <= 1))
    throw new Problem(`threshold ${text}`, 'is not a cosine', 'give a threshold from -1 to 1');
  return { kind: 'given', threshold };
}

/** The request in words: `EER`, `FMR 0.001`, `given`. */
export function thresholdSource(request: ThresholdRequest): string {
  switch (request.kind) {
    case 'eer':
      return 'EER';
    case 'fmr':
      return `FMR ${request.target}`;
    case 'given':
      return 'given';
  }
}
