import type { FaceBox } from '../check/check-result.js';

/** Values of one channel of a map. */
export interface ChannelFacts {
  readonly channel: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** All values are the same: there is nothing to see, and no range to stretch. */
  readonly flat: boolean;
}

/** A map of one image. Paths are below the run's folder. */
export interface MapFacts {
  readonly output: string;
  readonly meaning: string;
  readonly width: number;
  readonly height: number;
  readonly channels: readonly ChannelFacts[];
  /** The values, float32 [channels, height, width]. */
  readonly npy: string;
  readonly picture: string;
  /** What the ends of the colours of the picture stand for. */
  readonly drawn: { readonly minimum: number; readonly maximum: number };
}

/** What a rich model says of one image. */
export interface ImageAnalysis {
  /** 1 minus the probability of the class that the card names as bona fide. */
  readonly pAttack: number;
  /** The probability of every class, by output and name. */
  readonly classes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The probability of every attribute, by output and name. */
  readonly attributes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Regressions, by output. */
  readonly numbers: Readonly<
    Record<string, { readonly quantity: string; readonly value: number; readonly unit: string }>
  >;
  readonly maps: readonly MapFacts[];
  /** What the model saw; `null` without photographs. */
  readonly face: string | null;
  readonly box: FaceBox | null;
  readonly notes: readonly string[];
}
