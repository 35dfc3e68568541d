import { stringify } from 'csv-stringify/sync';
import type { GroupSummary } from './summarise.js';

/** The ranking of the regions as CSV: one row a group and region; an empty cell is a value that n cannot support. */
export function regionsTable(groups: readonly Pick<GroupSummary, 'group' | 'regions'>[]): string {
  const rows = groups.flatMap(({ group, regions }) =>
    regions.map((region, rank) => ({
      group: group ?? 'all',
      rank: rank + 1,
      region: region.region,
      n: region.n,
      subjects: region.subjects,
      mean_absolute_effect: region.absoluteEffect.mean,
      mean_absolute_effect_low: region.absoluteEffect.interval?.low,
      mean_absolute_effect_high: region.absoluteEffect.interval?.high,
      mean_effect: region.effect.mean,
      mean_effect_low: region.effect.interval?.low,
      mean_effect_high: region.effect.interval?.high,
      largest_in: region.largest.images,
      largest_share: region.largest.share,
      largest_share_low: region.largest.interval.low,
      largest_share_high: region.largest.interval.high,
    })),
  );
  return stringify(rows, { header: true });
}
