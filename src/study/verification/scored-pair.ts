/** A pair of the protocol with its faces and its score. */
export interface ScoredPair {
  /** `ProtocolPair.index`: position in the list, which stays when other pairs are left out. */
  readonly index: number;
  /** Unique, and a file name on every platform: `0017 001_03 002_08`. */
  readonly name: string;
  /** Paths as in the list. */
  readonly a: string;
  readonly b: string;
  /** Absolute paths of the aligned faces: lossless, exactly what the network takes. */
  readonly faceA: string;
  readonly faceB: string;
  readonly genuine: boolean;
  readonly identityA: string;
  readonly identityB: string;
  /** The fold of a list in folds, from 1. */
  readonly fold: number | undefined;
  readonly cosine: number;
}
