import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileProblem } from '../../../dataset/file-problem.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { canonicalSize } from '../../../face/canonical/canonical-face.js';
import { warpMapToCanonical } from '../../../face/canonical/warp-to-canonical.js';
import { valueRange } from '../../../explain/saliency-map.js';
import { decodeNpy, encodeNpy } from '../../../tensor/npy.js';
import { mapPath } from '../images/image-outcome.js';
import { type Grouping, groupOf } from '../labels/grouping.js';
import { type Outcome, outcomeOf } from './grouping-measures.js';
import type { StudiedImage } from './studied-images.js';

/** The mean map of the images of one group with one outcome. */
export interface MeanMap {
  /** Of the grouping; empty for all images together. */
  readonly key: string;
  readonly group: string;
  readonly outcome: Outcome | 'all';
  readonly images: number;
  /** Below the folder of the step: float32, 275 x 224, on the canonical face. */
  readonly path: string;
}

/** What all images together are called. */
export const everybody = 'everybody';

/**
 * Averages the maps of a run on the canonical face: of every group by outcome, and of all images. Each map is scaled to
 * 0..1 first, so that a confident decision weighs no more than another; constant maps, and those of faces without
 * landmarks, are left out. The maps are added in the order of their names, one at a time in memory.
 */
export async function writeMeanMaps(
  run: string,
  folder: string,
  images: readonly StudiedImage[],
  groupings: readonly Grouping[],
  ageWidth: number,
): Promise<MeanMap[]> {
  const sums = new Map<string, Omit<MeanMap, 'path'> & { sum: Float64Array; images: number }>();
  const { width, height } = canonicalSize;
  for (const image of images) {
    if (image.landmarks === null) continue;
    const scaled = await readHeat(join(run, mapPath(image.name, 'npy')));
    if (scaled === undefined) continue;
    const { result } = warpMapToCanonical(scaled, image.landmarks);
    const places = [
      { key: '', group: everybody },
      ...groupings.flatMap((grouping) => {
        const group = groupOf(grouping, image.labels, ageWidth);
        return group === undefined ? [] : [{ key: grouping.key, group }];
      }),
    ];
    for (const place of places) {
      for (const outcome of ['all', outcomeOf(image)] as const) {
        const name = [place.key, place.group, outcome].join('\0');
        const cell = sums.get(name) ?? {
          ...{ ...place, outcome, images: 0 },
          sum: new Float64Array(width * height),
        };
        sums.set(name, cell);
        cell.images++;
        for (let at = 0; at < cell.sum.length; at++) cell.sum[at] += result.data[at];
      }
    }
  }
  const means: MeanMap[] = [];
  for (const { sum, ...cell } of sums.values()) {
    const path = `means/${[cell.key || 'all', cell.group, cell.outcome].join('-').replaceAll(/[^\w+-]+/g, '_')}.npy`;
    const data = Float32Array.from(sum, (value) => value / cell.images);
    await writeFileAtomic(outputPath(folder, path), encodeNpy({ data, shape: [height, width] }));
    means.push({ ...cell, path });
  }
  return means;
}

/** The heat of a map, scaled to 0..1; undefined where it is constant. */
async function readHeat(path: string) {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileProblem(error, path);
  });
  const { data, shape } = decodeNpy(bytes, path);
  const heat = Float32Array.from(data as Float32Array, (value) => Math.max(0, value));
  const { minimum, maximum } = valueRange(heat);
  if (minimum === maximum) return undefined;
  return { data: heat.map((value) => (value - minimum) / (maximum - minimum)), shape };
}
