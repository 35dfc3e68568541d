import { fillPolygon } from '../image/fill-polygon.js';
import type { Point } from '../image/geometry.js';
import type { OpenCv } from '../image/opencv.js';
import type { RasterImage } from '../image/raster-image.js';
import type { Segmentation } from '../image/superpixels/segmentation.js';
import { faceRegions, regionPolygons, type FaceRegion } from './regions.js';

/** An image cut into the regions of its face. */
export interface RegionSegmentation extends Segmentation {
  /** The name of each segment. */
  readonly names: readonly (FaceRegion | 'background')[];
}

/**
 * The eleven regions of a face as segments, in their usual order, and what no region covers as one more, `background`.
 * Where regions overlap the one that comes first has the pixel: the cheek, not the jaw. A region of which no pixel is left
 * (outside the image) is left out.
 *
 * @param landmarks the 68 iBUG points
 * @param size of the image
 */
export function segmentRegions(
  cv: OpenCv,
  landmarks: readonly Point[],
  size: { readonly width: number; readonly height: number },
): RegionSegmentation {
  const { width, height } = size;
  const kinds = [...faceRegions, 'background'] as const;
  const background = faceRegions.length;
  let canvas: RasterImage = {
    width,
    height,
    channels: 1,
    data: new Uint8Array(width * height).fill(background),
  };
  for (const [kind, region] of [...faceRegions.entries()].toReversed()) {
    for (const polygon of regionPolygons(region, landmarks)) {
      canvas = fillPolygon(cv, canvas, polygon, [kind]);
    }
  }

  const visible = new Set(canvas.data);
  const left = [...kinds.keys()].filter((kind) => visible.has(kind));
  const labels = Int32Array.from(canvas.data, (kind) => left.indexOf(kind));
  return { width, height, labels, count: left.length, names: left.map((kind) => kinds[kind]) };
}
