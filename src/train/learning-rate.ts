export const scheduleNames = ['cosine', 'constant'] as const;

/** How the learning rate goes over the steps. Plain data. */
export interface Schedule {
  readonly name: (typeof scheduleNames)[number];
  /** The highest rate. */
  readonly rate: number;
  /** Steps in which the rate rises linearly to the highest. */
  readonly warmUp: number;
  /** Steps in all, warm-up included. */
  readonly steps: number;
}

/**
 * The learning rate of a step: rate · (step + 1) / warmUp at first, then constant, or half a cosine (Loshchilov and Hutter,
 * ICLR 2017, equation 5, without restarts) that would reach 0 one step after the last.
 * @param step from 0
 */
export function learningRate({ name, rate, warmUp, steps }: Schedule, step: number): number {
  if (step < warmUp) return (rate * (step + 1)) / warmUp;
  if (name === 'constant') return rate;
  return (rate * (1 + Math.cos((Math.PI * (step - warmUp)) / Math.max(1, steps - warmUp)))) / 2;
}
