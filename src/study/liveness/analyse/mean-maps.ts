import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { renderMapTable } from '../../../report/figure/render-map-table.js';
import { decodeNpy, encodeNpy } from '../../../tensor/npy.js';
import type { Tensor } from '../../../tensor/tensor.js';
import { MeanMap } from '../../occlusion/mean-map.js';
import type { AnalysedImage } from './analysed-images.js';
import { type Side, sides } from './compare-groups.js';
import { scaleOfMap } from './map-picture.js';

/** The mean maps of an output on both sides. Paths are below the run's folder. */
export interface MeanMaps {
  readonly output: string;
  readonly meaning: string;
  /** Images on each side. */
  readonly n: Readonly<Record<Side, number>>;
  /** Images whose map is flat in every channel, on each side. */
  readonly flat: Readonly<Record<Side, number>>;
  /** float32 [channels, height, width]; none for a side without images. */
  readonly npy: Readonly<Partial<Record<Side, string>>>;
  readonly figure: string;
}

/**
 * The mean of every map over bona fides and over attacks, side by side in one scale of colours.
 * @param byTruth whether the sides are known; else they are the model's own decisions.
 */
export async function meanMaps(
  folder: string,
  images: readonly AnalysedImage[],
  sideOf: (name: string) => Side | undefined,
  { colormap, byTruth }: { readonly colormap: string; readonly byTruth: boolean },
): Promise<MeanMaps[]> {
  const found: MeanMaps[] = [];
  for (const { output, meaning, channels, width, height } of images[0]?.result.maps ?? []) {
    const pixels = width * height;
    const means = Object.fromEntries(
      sides.map((side) => [side, channels.map(() => new MeanMap(width, height))]),
    ) as Record<Side, MeanMap[]>;
    const count = { 'bona fide': 0, attack: 0 };
    const flat = { 'bona fide': 0, attack: 0 };
    for (const { name, result } of images) {
      const side = sideOf(name);
      const own = result.maps.find((map) => map.output === output);
      if (side === undefined || own === undefined) continue;
      const { data } = decodeNpy(await readFile(join(folder, own.npy)));
      const values = data as Float32Array;
      means[side].forEach((mean, channel) =>
        mean.add({
          width: own.width,
          height: own.height,
          data: values.subarray(channel * own.width * own.height, (channel + 1) * own.width * own.height),
        }),
      );
      count[side]++;
      if (own.channels.every((channel) => channel.flat)) flat[side]++;
    }
    const present = sides.filter((side) => count[side] > 0);
    if (present.length === 0) continue;
    const planes = (side: Side) => means[side].map((mean) => mean.result().mean);
    const npy: Partial<Record<Side, string>> = {};
    for (const side of present) {
      npy[side] = `means/${output}-${side.replaceAll(' ', '-')}.npy`;
      const data = Float32Array.from(planes(side).flatMap((plane) => [...plane]));
      await writeFileAtomic(
        outputPath(folder, npy[side]),
        encodeNpy({ data, shape: [channels.length, height, width] }),
      );
    }
    const all = Float32Array.from(present.flatMap((side) => planes(side).flatMap((plane) => [...plane])));
    const figure = `means/${output}.png`;
    const named = byTruth ? '' : 'judged ';
    await writeFileAtomic(
      outputPath(folder, figure),
      await renderMapTable({
        title: `${output}: bona fide against attack`,
        subtitle: meaning,
        columns: sides.map((side) => `${named}${side}`),
        rows: channels.map(({ channel }, at) => ({
          label: channel,
          cells: sides.map((side) =>
            count[side] === 0
              ? undefined
              : { map: plane(planes(side)[at]), caption: `mean of n = ${count[side]}` },
          ),
        })),
        colourMap: colormap,
        scale: scaleOfMap(all),
        colourBarLabel: `mean ${output}`,
        alpha: 1,
        dpi: 150,
      }),
    );
    found.push({ output, meaning, n: count, flat, npy, figure });

    function plane(data: Float32Array): Tensor {
      return { data: data.subarray(0, pixels), shape: [height, width] };
    }
  }
  return found;
}
