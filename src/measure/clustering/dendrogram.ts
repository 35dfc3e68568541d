import type { Merge } from './linkage.js';

/** One bracket of a dendrogram: two branches that join at `height`. */
export interface DendrogramLink {
  /** Where the branches stand: leaves at 0, 1, 2, ..., clusters in the middle of their two branches. */
  readonly positions: readonly [first: number, second: number];
  /** The heights that the branches come from; 0 for a leaf. */
  readonly from: readonly [first: number, second: number];
  /** The distance at which they join. */
  readonly height: number;
}

export interface Dendrogram {
  /** The items in an order in which no branches cross. */
  readonly leaves: readonly number[];
  /** One for each merge. */
  readonly links: readonly DendrogramLink[];
}

/**
 * Lays out a clustering as a tree. The order of the leaves and the brackets are those of
 * `scipy.cluster.hierarchy.dendrogram` (whose positions are 5 + 10 times these): of two branches the one of the lower
 * number comes first.
 *
 * @param merges from `linkage`; none for a single item
 */
export function dendrogram(merges: readonly Merge[]): Dendrogram {
  const items = merges.length + 1;
  const leaves: number[] = [];
  const open = [items + merges.length - 1];
  for (let cluster = open.pop(); cluster !== undefined; cluster = open.pop()) {
    if (cluster < items) leaves.push(cluster);
    else open.push(merges[cluster - items].second, merges[cluster - items].first);
  }

  const position = new Float64Array(items + merges.length);
  const height = new Float64Array(items + merges.length);
  leaves.forEach((item, place) => (position[item] = place));
  const links = merges.map(({ first, second, distance }, step): DendrogramLink => {
    position[items + step] = (position[first] + position[second]) / 2;
    height[items + step] = distance;
    return {
      positions: [position[first], position[second]],
      from: [height[first], height[second]],
      height: distance,
    };
  });
  return { leaves, links };
}
