/** What the two classes of a plot of errors, and their errors, are called. */
export interface ErrorWords {
  /** What should be accepted: `genuine`. */
  readonly genuine: string;
  /** What should be rejected: `impostor`. */
  readonly impostor: string;
  /** What there are so many of: `pairs`. */
  readonly trials: string;
  /** The share of impostors that are accepted: in full and short. */
  readonly fmr: readonly [full: string, short: string];
  /** The share of genuine ones that are rejected. */
  readonly fnmr: readonly [full: string, short: string];
  /** One less the second. */
  readonly recall: string;
}

export const verificationWords: ErrorWords = {
  genuine: 'genuine',
  impostor: 'impostor',
  trials: 'pairs',
  fmr: ['false match rate', 'FMR'],
  fnmr: ['false non-match rate', 'FNMR'],
  recall: 'true match rate',
};

/** ISO/IEC 30107-3. */
export const attackWords: ErrorWords = {
  genuine: 'bona fide',
  impostor: 'attack',
  trials: 'images',
  fmr: ['APCER of all attacks', 'APCER'],
  fnmr: ['BPCER', 'BPCER'],
  recall: '1 − BPCER',
};

/** ISO/IEC 20059. */
export const morphWords: ErrorWords = {
  ...attackWords,
  impostor: 'morph',
  fmr: ['MACER of all attacks', 'MACER'],
  fnmr: ['BSCER', 'BSCER'],
  recall: '1 − BSCER',
};
