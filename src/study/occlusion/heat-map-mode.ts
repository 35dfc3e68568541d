/**
 * What a heat map shows (the seed's `--heatmap-mode`).
 * - `occluded`: the model's score while the part is hidden.
 * - `diff`: how far hiding the part moves the score.
 */
export type HeatMapMode = 'occluded' | 'diff';

/**
 * The value that is stored: in `occluded` mode the score; in `diff` mode the signed effect, regular - occluded score.
 * A positive effect means that the part speaks for what the score stands for (bona fide where the score is the
 * probability of bona fide): the score drops when it is hidden.
 */
export function rawValue(occludedScore: number, regularScore: number, mode: HeatMapMode): number {
  return mode === 'occluded' ? occludedScore : regularScore - occludedScore;
}

/** The value that is drawn: the raw value, in `diff` mode without its sign, as the published tool draws it. */
export function displayedValue(raw: number, mode: HeatMapMode): number {
  return mode === 'occluded' ? raw : Math.abs(raw);
}
