import { readFile } from 'node:fs/promises';
import { fileProblem } from '../../../dataset/file-problem.js';
import { outputPath } from '../../../dataset/output-path.js';
import { type MapDistanceName, mapDistances } from '../../../measure/agreement/map-distances.js';
import { distanceMatrix } from '../../../measure/clustering/distance-matrix.js';
import { type Linkage, linkage, type Merge } from '../../../measure/clustering/linkage.js';
import { f1Score } from '../../../measure/localisation/f1-score.js';
import { intersectionOverUnion } from '../../../measure/localisation/intersection-over-union.js';
import type { Task } from '../../../jobs/task.js';
import { decodeNpy } from '../../../tensor/npy.js';
import type { Tensor } from '../../../tensor/tensor.js';
import type { ComparedMap, Comparison } from './comparisons.js';

export interface CompareTaskOptions {
  /** Of the aggregate step. */
  readonly aggregated: string;
  readonly linkages: readonly Linkage[];
  /** The share of the pixels that the overlap is about. */
  readonly hottest: number;
}

/** One comparison by one measure, or the overlap of the hottest pixels. */
export interface CompareItem {
  readonly name: string;
  readonly comparison: Comparison;
  readonly measure: MapDistanceName | 'overlap';
}

/** What the journal keeps of it. */
export type CompareResult =
  | {
      readonly kind: 'distances';
      /** One row an item; null where there is no distance. */
      readonly distances: readonly (readonly (number | null)[])[];
      /** By linkage; null where a distance is missing. */
      readonly merges: Readonly<Partial<Record<Linkage, readonly Merge[]>>> | null;
    }
  | { readonly kind: 'overlap'; readonly pairs: readonly Overlap[] };

/** How far the hottest pixels of two maps are the same ones. */
export interface Overlap {
  readonly first: number;
  readonly second: number;
  readonly iou: number;
  readonly f1: number;
}

/** Compares mean maps. */
export default function startComparing(options: CompareTaskOptions): Task<CompareItem, CompareResult> {
  async function read({ path }: ComparedMap): Promise<Tensor> {
    const file = outputPath(options.aggregated, path);
    const bytes = await readFile(file).catch((error: unknown) => {
      throw fileProblem(error, file);
    });
    const { data, shape } = decodeNpy(bytes, file);
    return { data: Float32Array.from(data as Float64Array), shape };
  }

  return {
    async run({ comparison, measure }) {
      const maps: Tensor[] = [];
      for (const item of comparison.items) maps.push(await read(item));
      if (measure === 'overlap') return { kind: 'overlap', pairs: overlaps(maps, options.hottest) };
      const { signed, distance } = mapDistances[measure];
      const compared = signed ? maps : maps.map(positivePart);
      const distances = distanceMatrix(compared, distance);
      const known = distances.every((row) => row.every((value) => !Number.isNaN(value)));
      return {
        kind: 'distances',
        distances: distances.map((row) => Array.from(row, (value) => (Number.isNaN(value) ? null : value))),
        merges: known
          ? Object.fromEntries(options.linkages.map((method) => [method, linkage(distances, method)]))
          : null,
      };
    },
  };
}

/** Some measures are about heat, of which there is none below 0. */
function positivePart({ data, shape }: Tensor): Tensor {
  return { data: data.map((value) => Math.max(0, value)), shape };
}

function overlaps(maps: readonly Tensor[], share: number): Overlap[] {
  const thresholds = maps.map(({ data }) => {
    const sorted = data.slice().sort();
    return sorted[Math.max(0, sorted.length - Math.max(1, Math.round(share * sorted.length)))];
  });
  const masks = maps.map(({ data }, at) => Uint8Array.from(data, (value) => Number(value >= thresholds[at])));
  return maps.flatMap(({ data }, first) =>
    maps.slice(first + 1).map((_, step): Overlap => {
      const second = first + 1 + step;
      return {
        ...{ first, second },
        iou: intersectionOverUnion(data, masks[second], thresholds[first]),
        f1: f1Score(data, masks[second], thresholds[first]),
      };
    }),
  );
}
