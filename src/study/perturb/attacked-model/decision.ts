/** What noise is to do with the score. */
export const noiseGoals = ['flip', 'raise', 'lower'] as const;
export type NoiseGoal = (typeof noiseGoals)[number];

/** A score at the threshold is accepted. */
export function accepted(score: number, threshold: number): boolean {
  return score >= threshold;
}

/** Away from the decision as it is, or the way that was asked for. */
export function directionOf(goal: NoiseGoal, before: number, threshold: number): 'raise' | 'lower' {
  if (goal !== 'flip') return goal;
  return accepted(before, threshold) ? 'lower' : 'raise';
}

/** Whether there is a decision to change in the direction of the goal. */
export function attackable(goal: NoiseGoal, before: number, threshold: number): boolean {
  return goal === 'flip' || accepted(before, threshold) === (goal === 'lower');
}
