import { Problem } from '../problem.js';
import { isRegionName, regionNames, type RegionName } from './regions.js';

/**
 * Region names as a user writes them.
 * @throws {Problem} for a name that is no region, listing those that are.
 */
export function parseRegions(names: readonly string[]): RegionName[] {
  const unknown = names.find((name) => !isRegionName(name));
  if (unknown !== undefined) {
    throw new Problem(`region "${unknown}"`, 'is no region of the face', `use ${regionNames.join(', ')}`);
  }
  return names.filter(isRegionName);
}
