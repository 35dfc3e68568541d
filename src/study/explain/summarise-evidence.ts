import { bootstrapMeans, type BootstrapOptions, type MeanInterval } from '../../measure/bootstrap-means.js';
import type { MapEvidence } from './map-evidence.js';

type Mean = Pick<MeanInterval, 'mean' | 'interval'>;

/** How much of the maps of several images lies in a region of the face. */
export interface EvidenceSummary {
  readonly region: string;
  /** Images in which the region was found. */
  readonly n: number;
  /** Subjects among them; equal to `n` where subjects are unknown. */
  readonly subjects: number;
  /** Mean share of the area, which the region would have of evidence that is spread evenly. */
  readonly area: number;
  /** Mean shares of the sum of absolute values, of the values above 0 and of those below. The ranking is by the first. */
  readonly absolute: Mean;
  readonly positive: Mean;
  readonly negative: Mean;
}

/**
 * The mean shares of the regions over images, the largest share of absolute evidence first, with BCa bootstrap intervals
 * over images, or over subjects where `clusters` names them.
 * @param images the shares of each image; an image without landmarks has none.
 */
export function summariseEvidence(
  images: readonly (readonly MapEvidence[])[],
  options: BootstrapOptions,
): EvidenceSummary[] {
  const regions = [...new Set(images.flatMap((each) => each.map(({ region }) => region)))];
  const quantities = ['absolute', 'positive', 'negative', 'area'] as const;
  const values = regions.flatMap((region) =>
    quantities.map((quantity) =>
      images.map((each) => each.find((other) => other.region === region)?.[quantity] ?? NaN),
    ),
  );
  const means = bootstrapMeans(values, options);
  return regions
    .map((region, at): EvidenceSummary => {
      const [absolute, positive, negative, area] = means
        .slice(at * quantities.length, (at + 1) * quantities.length)
        .map(({ mean, interval, ...counts }) => ({ mean, interval, counts }));
      const share = ({ mean, interval }: Mean): Mean => ({ mean, interval });
      return {
        region,
        n: area.counts.n,
        subjects: area.counts.clusters,
        area: area.mean,
        absolute: share(absolute),
        positive: share(positive),
        negative: share(negative),
      };
    })
    .sort((a, b) => b.absolute.mean - a.absolute.mean || (a.region < b.region ? -1 : 1));
}
