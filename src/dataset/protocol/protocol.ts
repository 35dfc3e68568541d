/** A pair of images to compare. */
export interface ProtocolPair {
  /** Position among the rows of the list, from 0, those that were dropped counted too: it stays when others go. */
  readonly index: number;
  /** Line in the file, from 1. */
  readonly line: number;
  /** The image that is explained or patched; relative to the image folder, with forward slashes. */
  readonly a: string;
  /** The reference. */
  readonly b: string;
  /** Whether both show one person. */
  readonly genuine: boolean;
  /**
   * Whom the images show. Where the list does not tell, see the note `identities`; equal for a genuine pair.
   */
  readonly identityA: string;
  readonly identityB: string;
  /** The fold of a list in folds, from 1. */
  readonly fold: number | undefined;
}

/** A row of the list that is not used. */
export interface DroppedPair {
  readonly line: number;
  readonly text: string;
  readonly kind: 'fields' | 'label' | 'same-image' | 'duplicate' | 'contradiction' | 'missing-file';
  readonly reason: string;
}

/** Something that a reader of the results must know about the list. */
export interface ProtocolNote {
  readonly kind:
    | 'one-class'
    | 'identities'
    /** An impostor pair compares images that genuine pairs link to one person. */
    | 'linked-impostors'
    | 'numbering';
  readonly text: string;
}

export type ProtocolFormat =
  /** Columns for two files and a label, with or without a header. */
  | 'csv'
  /** `pairs.txt` of LFW (with the line that counts the folds) or xSSAB's `lfw_iden_pairs.txt` (without). */
  | 'lfw'
  /** xSSAB's `lfw_pair.txt`: `00001.jpg 00002.jpg 1`, images by number from 1. */
  | 'numbered';

/** A list of pairs as it was read; nothing in it is left out without being told. */
export interface Protocol {
  readonly file: string;
  readonly format: ProtocolFormat;
  readonly pairs: readonly ProtocolPair[];
  readonly dropped: readonly DroppedPair[];
  readonly notes: readonly ProtocolNote[];
}

/** A row as it was parsed, before pairs are compared with each other. */
export interface ParsedPair extends Omit<ProtocolPair, 'identityA' | 'identityB'> {
  readonly text: string;
  readonly identityA: string | undefined;
  readonly identityB: string | undefined;
}

/** The rows of a list, and those that are no pair. */
export interface ParsedPairs {
  readonly pairs: readonly ParsedPair[];
  readonly dropped: readonly DroppedPair[];
}
