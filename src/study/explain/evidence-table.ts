import { stringify } from 'csv-stringify/sync';
import type { EvidenceSummary } from './summarise-evidence.js';

/**
 * The shares of the regions as CSV: one row a group and region; an empty cell is a value that n cannot support, or that the
 * maps do not have.
 */
export function evidenceTable(
  groups: readonly { readonly group: string | undefined; readonly evidence: readonly EvidenceSummary[] }[],
): string {
  const rows = groups.flatMap(({ group, evidence }) =>
    evidence.map((region, rank) => ({
      group: group ?? 'all',
      rank: rank + 1,
      region: region.region,
      n: region.n,
      subjects: region.subjects,
      area_share: region.area,
      ...Object.fromEntries(
        (['absolute', 'positive', 'negative'] as const).flatMap((quantity) => {
          const { mean, interval } = region[quantity];
          return [
            [`${quantity}_share`, Number.isNaN(mean) ? undefined : mean],
            [`${quantity}_share_low`, interval?.low],
            [`${quantity}_share_high`, interval?.high],
          ];
        }),
      ),
    })),
  );
  return stringify(rows, { header: true });
}
