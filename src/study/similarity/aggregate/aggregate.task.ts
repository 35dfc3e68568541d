import type { Person } from '../../../dataset/people/person.js';
import type { Task } from '../../../jobs/task.js';
import { writeMeanMaps } from './mean-maps.js';
import { writeMeanPhotographs } from './mean-photographs.js';
import { writeRegionShares } from './region-shares.js';
import type { StudyGroups } from './study-groups.js';

/** The parts of the step; each goes through all images by itself. */
export const aggregateParts = ['maps', 'shares', 'photographs'] as const;

export interface AggregateItem {
  readonly name: (typeof aggregateParts)[number];
}

export interface AggregateTaskOptions extends StudyGroups {
  readonly explained: string;
  readonly folder: string;
  readonly people: readonly Person[];
  readonly seed: number;
}

/** What the journal keeps of a part. */
export interface AggregateResult {
  /** Maps and persons that were added up, of the part `maps`. */
  readonly maps?: number;
  readonly persons?: number;
}

/** Adds up the explanations of a study. */
export default function startAggregating(
  options: AggregateTaskOptions,
): Task<AggregateItem, AggregateResult> {
  const { explained, folder, people, groups } = options;
  return {
    async run({ name }) {
      switch (name) {
        case 'maps':
          return writeMeanMaps(options);
        case 'shares':
          await writeRegionShares(options);
          return {};
        case 'photographs':
          await writeMeanPhotographs(explained, folder, people, Object.keys(groups));
          return {};
      }
    },
  };
}
