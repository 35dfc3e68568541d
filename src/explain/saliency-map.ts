import type { Card } from '../model/card.js';

/** How a map came about: everything that is needed to compute it again. Survives JSON. */
export interface Provenance {
  /** The method, as on the command line. */
  readonly method: string;
  /** The method's options with their values, defaults included. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What is explained, in words. */
  readonly target: string;
  /** The value of the target on the image as it is. */
  readonly targetValue: number;
  /** Seed of the random stream; null where the method draws no random numbers. */
  readonly seed: number | null;
  readonly model: { readonly name: string; readonly sha256: string };
  /** How an image becomes the model's input; null where a tensor was given. */
  readonly preprocessing: Card['input'] | null;
  /** Images that went forward through the model. */
  readonly forwardPasses: number;
  /** Images that went backward through it. */
  readonly backwardPasses: number;
  /** Wall-clock time. */
  readonly milliseconds: number;
  /** Smallest and largest value of the map. */
  readonly range: { readonly minimum: number; readonly maximum: number };
}

/** A map in image coordinates: what each pixel contributes to the target. */
export interface SaliencyMap {
  readonly width: number;
  readonly height: number;
  /** `width * height` raw, signed values in rows from the top. */
  readonly data: Float32Array;
  /** How often each pixel was perturbed, where the method leaves pixels out: 0 means "never", and not "no effect". */
  readonly cover?: Uint32Array;
  readonly provenance: Provenance;
}

/** The smallest and the largest value of a map. */
export function valueRange(data: Float32Array | Float64Array): Provenance['range'] {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (let at = 0; at < data.length; at++) {
    minimum = Math.min(minimum, data[at]);
    maximum = Math.max(maximum, data[at]);
  }
  return { minimum, maximum };
}
