import { featureAttention } from '../../../measure/bias/feature-attention.js';
import type { NamedBox } from '../../../measure/localisation/assign-boxes.js';
import type { Box } from '../../../image/geometry.js';
import type { RegionHeat } from './image-outcome.js';

/** A map of heat: values of at least 0. */
export interface HeatMap {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** How much of a map each region holds; overlapping regions share pixels, so shares need not add up to 1. */
export function heatInRegions(
  map: HeatMap,
  regions: readonly NamedBox[],
  active: ReadonlySet<string>,
): RegionHeat[] {
  const { data, width, height } = map;
  const total = data.reduce((sum, value) => sum + value, 0);
  const constant = data.every((value) => value === data[0]);
  return regions.map(({ name, box }) => {
    const attention = constant ? Number.NaN : featureAttention(data, width, height, box);
    return {
      region: name,
      box,
      active: active.has(name),
      attention: Number.isNaN(attention) ? null : attention,
      share: total === 0 ? null : heatIn(map, box) / total,
    };
  });
}

/** The share of the heat in the tenth of the pixels with most of it (BiasX experiments); null where there is no heat. */
export function concentration({ data }: HeatMap): number | null {
  const falling = data.slice().sort().reverse();
  const total = falling.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const most = Math.max(1, Math.round(falling.length / 10));
  return falling.subarray(0, most).reduce((sum, value) => sum + value, 0) / total;
}

/** The sum over the pixels whose index lies in the box. */
function heatIn({ data, width, height }: HeatMap, box: Box): number {
  let sum = 0;
  for (let y = Math.max(0, Math.ceil(box.y)); y < Math.min(height, box.y + box.height); y++) {
    for (let x = Math.max(0, Math.ceil(box.x)); x < Math.min(width, box.x + box.width); x++) {
      sum += data[y * width + x];
    }
  }
  return sum;
}
