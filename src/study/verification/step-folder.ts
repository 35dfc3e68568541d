import { basename, join, resolve } from 'node:path';

/** The steps of a verification study in their order, each a run of its own. */
export const verificationSteps = ['threshold', 'explain', 'patch', 'replace'] as const;
export type VerificationStep = (typeof verificationSteps)[number];

/** The folder of one step of a study, absolute. */
export function stepFolder(study: string, step: VerificationStep): string {
  return join(resolve(study), step);
}

/** What plots and reports call a study: the name of its folder. */
export function studyName(study: string): string {
  return basename(resolve(study));
}
