import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MeanInterval } from '../../measure/bootstrap-means.js';
import { meanInterval } from '../../measure/mean-interval.js';
import { type RankedRegion, rankRegions } from '../../measure/rank-regions.js';
import { decodeNpy } from '../../tensor/npy.js';
import { MeanMap, type MeanMapResult } from '../occlusion/mean-map.js';
import type { ExplainResult } from './explain.task.js';
import { type EvidenceSummary, summariseEvidence } from './summarise-evidence.js';

/** One finished image. */
export interface ExplainedImage {
  readonly name: string;
  /** Its class, or whatever the images are grouped by. */
  readonly group: string | undefined;
  readonly subject: string | undefined;
  readonly result: ExplainResult;
}

/** What the images of one group have in common. */
export interface GroupSummary {
  /** `undefined`: all images together. */
  readonly group: string | undefined;
  readonly n: number;
  /** Mean of the target on the images as they are. */
  readonly value: MeanInterval;
  /** The region with the largest mean absolute effect first. */
  readonly regions: readonly RankedRegion[];
  /** The region with the largest share of the maps first; empty where maps were not added up by region. */
  readonly evidence: readonly EvidenceSummary[];
  /** Mean of the maps; `undefined` where they are not of one size, so that their pixels do not correspond. */
  readonly map: MeanMapResult | undefined;
  /** The views of the images, where they were kept. */
  readonly views: readonly string[];
}

/**
 * Adds up the explanations of a run: all images together, then each group in alphabetical order. Intervals are
 * bootstrapped over subjects where all of them are known, over images otherwise.
 */
export async function summarise(
  folder: string,
  images: readonly ExplainedImage[],
  seed: number,
): Promise<GroupSummary[]> {
  const groups = [...new Set(images.map(({ group }) => group))].filter((group) => group !== undefined).sort();
  const summaries = [await summariseGroup(folder, undefined, images, seed)];
  // A single group is all images together.
  for (const group of groups.length > 1 ? groups : []) {
    const members = images.filter((image) => image.group === group);
    summaries.push(await summariseGroup(folder, group, members, seed));
  }
  return summaries;
}

async function summariseGroup(
  folder: string,
  group: string | undefined,
  images: readonly ExplainedImage[],
  seed: number,
): Promise<GroupSummary> {
  const subjects = images.map(({ subject }) => subject);
  const known = subjects.every((subject) => subject !== undefined);
  const evidence = images.map(({ result }) => result.evidence ?? []);
  return {
    group,
    n: images.length,
    value: meanInterval(
      images.map(({ result }) => result.value),
      { seed, ...(known ? { clusters: subjects } : {}) },
    ),
    regions: rankRegions(
      images
        .filter(({ result }) => result.regions.length > 0)
        .map(({ subject, result }) => ({
          ...(known ? { subject } : {}),
          effects: new Map(result.regions.map(({ name, effect }) => [name, effect])),
        })),
      { seed },
    ),
    evidence: evidence.every((each) => each.length === 0)
      ? []
      : summariseEvidence(evidence, { seed, ...(known ? { clusters: subjects } : {}) }),
    map: await meanMap(folder, images),
    views: images.flatMap(({ result }) => result.files.view ?? []),
  };
}

/** Maps are read back one at a time: memory does not grow with their number. */
async function meanMap(
  folder: string,
  images: readonly ExplainedImage[],
): Promise<MeanMapResult | undefined> {
  const [first] = images;
  const { width, height } = first.result;
  if (images.some(({ result }) => result.width !== width || result.height !== height)) return undefined;
  const mean = new MeanMap(width, height);
  for (const { result } of images) {
    const { data } = decodeNpy(await readFile(join(folder, result.files.map)));
    mean.add({ width, height, data: Float32Array.from(data as ArrayLike<number>) });
  }
  return mean.result();
}
