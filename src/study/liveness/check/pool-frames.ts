/** How the scores of a video's frames become one. */
export const poolings = ['mean', 'median', 'max'] as const;

export type Pooling = (typeof poolings)[number];

/**
 * The pooled scores of the frames of a video. The median of an even number is the mean of the two in the middle.
 * @param scores at least one.
 */
export function poolFrames(scores: readonly number[]): Readonly<Record<Pooling, number>> {
  const rising = [...scores].sort((a, b) => a - b);
  const half = rising.length >> 1;
  return {
    mean: rising.reduce((sum, score) => sum + score, 0) / rising.length,
    median: rising.length % 2 === 1 ? rising[half] : (rising[half - 1] + rising[half]) / 2,
    max: rising[rising.length - 1],
  };
}
