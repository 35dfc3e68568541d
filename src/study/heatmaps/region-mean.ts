import type { OpenCv } from '../../image/opencv.js';
import { type CoverMean, coverMean } from '../../perturb/occlusion/cover-mean.js';
import { footprintRuns } from '../../perturb/occlusion/footprint-runs.js';
import type { ScoredRegion } from './layers.js';

/** Regions of one image with their values in it. */
export interface RegionsOfImage {
  readonly width: number;
  readonly height: number;
  readonly regions: readonly ScoredRegion[];
}

/**
 * What hiding the regions does on average, pixel by pixel of one canvas that all images are brought to: each image's
 * own footprints count, so no average face has to be invented. Of an image of another size the nearest pixels are taken.
 */
export class RegionMean {
  #n = 0;
  readonly #sums: Float64Array;
  readonly #counts: Uint32Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#sums = new Float64Array(width * height);
    this.#counts = new Uint32Array(width * height);
  }

  /** @param map the values of one image, from `regionsOnCanvas` */
  add({ data, cover }: CoverMean): void {
    this.#n++;
    for (let at = 0; at < data.length; at++) {
      if (cover[at] === 0) continue;
      this.#sums[at] += data[at];
      this.#counts[at]++;
    }
  }

  /** The mean where at least half of the images hide the pixel; nothing covers the others. */
  result(): CoverMean {
    const cover = this.#counts.map((count) => (count > 0 && 2 * count >= this.#n ? count : 0));
    const data = Float32Array.from(cover, (count, at) => (count === 0 ? 0 : this.#sums[at] / count));
    return { width: this.width, height: this.height, data, cover };
  }
}

/** The regions of an image on a canvas: the mean of the values that cover a pixel, as in the map of the image. */
export function regionsOnCanvas(
  cv: OpenCv,
  { width, height, regions }: RegionsOfImage,
  canvas: { readonly width: number; readonly height: number },
  value: (score: number) => number,
): CoverMean {
  const own = coverMean(
    regions.map(({ footprint }) => footprintRuns(cv, footprint, width, height)),
    regions.map(({ score }) => value(score)),
    width,
    height,
  );
  if (width === canvas.width && height === canvas.height) return own;
  const data = new Float32Array(canvas.width * canvas.height);
  const cover = new Uint32Array(data.length);
  for (let y = 0, at = 0; y < canvas.height; y++) {
    const row = Math.floor(((y + 0.5) * height) / canvas.height) * width;
    for (let x = 0; x < canvas.width; x++, at++) {
      const from = row + Math.floor(((x + 0.5) * width) / canvas.width);
      data[at] = own.data[from];
      cover[at] = own.cover[from];
    }
  }
  return { ...canvas, data, cover };
}
