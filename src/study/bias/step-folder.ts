import { join, resolve } from 'node:path';

/** The steps of a bias study in their order, each a run of its own. */
export const biasSteps = ['run', 'measure'] as const;
export type BiasStep = (typeof biasSteps)[number];

/** The command that the record of each step bears. */
export const stepCommands: Readonly<Record<BiasStep, string>> = {
  run: 'bias run',
  measure: 'bias measure',
};

/** The folder of one step of a study, absolute. */
export function stepFolder(study: string, step: BiasStep): string {
  return join(resolve(study), step);
}
