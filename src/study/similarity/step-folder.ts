import { join, resolve } from 'node:path';

/** The steps of a similarity study in their order, each a run of its own. */
export const similaritySteps = ['explain', 'aggregate', 'compare'] as const;
export type SimilarityStep = (typeof similaritySteps)[number];

/** The command that the record of each step bears. */
export const stepCommands: Readonly<Record<SimilarityStep, string>> = {
  explain: 'similarity run',
  aggregate: 'similarity aggregate',
  compare: 'similarity compare',
};

/** The folder of one step of a study, absolute. */
export function stepFolder(study: string, step: SimilarityStep): string {
  return join(resolve(study), step);
}
