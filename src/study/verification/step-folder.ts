import { join, resolve } from 'node:path';

/** The steps of a verification study, each a run of its own. */
export type VerificationStep = 'threshold' | 'explain' | 'patch' | 'replace';

/** The folder of one step of a study, absolute. */
export function stepFolder(study: string, step: VerificationStep): string {
  return join(resolve(study), step);
}
