import { gaussianBlur } from '../../image/gaussian-blur.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { Problem } from '../../problem.js';

/**
 * What covers a hidden pixel.
 * - `black`: 0 in every channel.
 * - `mean`: the mean colour of the image, rounded to whole numbers.
 * - `blur`: the same pixel of the image blurred with a Gaussian whose standard deviation is 4 % of the longer side
 *   (the fill of DISE, Williford et al., ECCV 2020), borders reflected.
 * - `#rrggbb`: that colour; on a gray image its luma (ITU-R BT.601).
 */
export type Fill = 'black' | 'mean' | 'blur' | `#${string}`;

/** What `--fill` may be. @throws Problem for anything else. */
export function parseFill(text: string): Fill {
  const fill = text.trim().toLowerCase();
  if (fill === 'black' || fill === 'mean' || fill === 'blur') return fill;
  if (/^#[0-9a-f]{6}$/.test(fill)) return fill as Fill;
  throw new Problem(
    `fill "${text}"`,
    'not a fill that faceprobe knows',
    'use black, mean, blur or a colour such as #808080',
  );
}

/** What a fill comes to on one image: one colour, or an image of the same size that shows through the footprint. */
export type Paint =
  | { readonly kind: 'colour'; readonly samples: readonly number[] }
  | { readonly kind: 'image'; readonly image: RasterImage };

/** Works out the fill for one image, once for all occlusions of it. */
export function paintFor(cv: OpenCv | undefined, image: RasterImage, fill: Fill): Paint {
  switch (fill) {
    case 'black':
      return { kind: 'colour', samples: new Array<number>(image.channels).fill(0) };
    case 'mean':
      return { kind: 'colour', samples: meanColour(image) };
    case 'blur':
      if (cv === undefined) throw new Error('Images are blurred by OpenCV, which is not loaded.');
      return { kind: 'image', image: gaussianBlur(cv, image, 0.04 * Math.max(image.width, image.height)) };
    default:
      return { kind: 'colour', samples: colour(fill, image.channels) };
  }
}

function meanColour({ data, channels }: RasterImage): number[] {
  const sums = new Array<number>(channels).fill(0);
  for (let i = 0; i < data.length; i++) sums[i % channels] += data[i];
  return sums.map((sum) => Math.round((sum * channels) / data.length));
}

function colour(fill: string, channels: 1 | 3): number[] {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16)) as [
    number,
    number,
    number,
  ];
  return channels === 3 ? [red, green, blue] : [Math.round(0.299 * red + 0.587 * green + 0.114 * blue)];
}
