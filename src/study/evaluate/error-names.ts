import type { EvaluationTask } from './evaluate-request.js';

/** What the two errors of a system are called. */
export interface ErrorNames {
  /** What should be rejected is accepted. */
  readonly attack: string;
  /** What should be accepted is rejected. */
  readonly bonaFide: string;
}

/** ISO/IEC 30107-3, ISO/IEC 20059 and ISO/IEC 19795-1. */
export function errorNames(task: EvaluationTask): ErrorNames {
  switch (task) {
    case 'mad':
      return { attack: 'MACER', bonaFide: 'BSCER' };
    case 'verification':
      return { attack: 'FMR', bonaFide: 'FNMR' };
    default:
      return { attack: 'APCER', bonaFide: 'BPCER' };
  }
}
