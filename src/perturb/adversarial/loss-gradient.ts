/** A number that follows from an image, and how it moves with each sample. */
export interface ValueAndGradient {
  readonly value: number;
  /** By each sample of the image, in units of 8-bit samples. */
  readonly gradient: Float32Array;
}

/** What noise raises or lowers: the samples of an image, which need not be whole here, to a value and its gradient. */
export type LossGradient = (samples: Float32Array) => Promise<ValueAndGradient>;
