import type { PixelRule } from '../../measure/map/pixel-order.js';

/** How an evaluation chooses the pixels to put back. */
export type ReplacementStrategy = 'best_worst' | 'random';

/**
 * The rule of decision-based patch replacement for one pair (Huber et al., WACV 2024): where the patched
 * pair is a non-match, the pixels that speak most against a match are put back, the lowest of the combined map;
 * where it is a match, those that speak most for it, the highest. A good map so undoes the patches' harm soonest.
 *
 * @param cosine of the patched pair, before any pixel is put back; the pair is a match where it is at or above the
 *   threshold.
 */
export function decisionRule(strategy: ReplacementStrategy, cosine: number, threshold: number): PixelRule {
  if (strategy === 'random') return 'random';
  return cosine < threshold ? 'lowest' : 'highest';
}
