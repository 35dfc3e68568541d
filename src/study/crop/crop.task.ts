import { decodeImage } from '../../dataset/decode-image.js';
import { encodeImage } from '../../dataset/encode-image.js';
import { imageFormatOf } from '../../dataset/image-format.js';
import { outputPath } from '../../dataset/output-path.js';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { alignFace } from '../../face/align-face.js';
import { cropBox } from '../../face/crop-box.js';
import type { Face } from '../../face/face.js';
import { fivePoints } from '../../face/five-points.js';
import type { Box } from '../../image/geometry.js';
import { loadOpenCv, type OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Task } from '../../jobs/task.js';
import { Problem } from '../../problem.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import type { ImageItem } from '../image-items.js';
import { outputName } from '../output-name.js';
import { fitSize } from './fit-size.js';

export interface CropTaskOptions {
  readonly tools: FaceTools;
  readonly outputPath: string;
  readonly align?: 'arcface' | undefined;
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  /** Share of the box's size by which it grows on each side. */
  readonly margin: number;
  readonly lossless?: boolean | undefined;
  readonly compat?: 'upstream' | undefined;
}

/** What the journal keeps of one crop. */
export interface CropResult {
  /** Path of the crop, relative to the output folder. */
  readonly output: string;
  readonly box: Box;
  readonly score: number;
  /** Faces that were found in the image. */
  readonly faces: number;
  readonly notes: readonly string[];
}

/** Cuts the face out of one image after the other. An item's name is its path below the input folder. */
export default async function startCropping(options: CropTaskOptions): Promise<Task<ImageItem, CropResult>> {
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  return {
    async run({ name, file }) {
      const { image: photo, notes } = await decodeImage(file, { name });
      const { face, count } = await finder.one(photo);
      const cut =
        options.align === undefined
          ? boxCrop(cv, photo, face.box, options)
          : await aligned(cv, finder, photo, face, options);
      const format = options.lossless === true || options.compat === 'upstream' ? 'png' : imageFormatOf(name);
      const output = options.lossless === true ? outputName(name, 'png') : name;
      const bytes = await encodeImage(cut.image, format ?? 'png', { dct: 'accurate' });
      await writeFileAtomic(outputPath(options.outputPath, output), bytes);
      return { output, box: face.box, score: face.score, faces: count, notes: [...notes, ...cut.notes] };
    },
  };
}

interface Cut {
  readonly image: RasterImage;
  readonly notes: readonly string[];
}

function boxCrop(cv: OpenCv, photo: RasterImage, box: Box, options: CropTaskOptions): Cut {
  const wanted = wholePixels(enlarged(box, options.margin));
  // Nothing is invented: what reaches over the border is left out. Upstream's image library fills it with black.
  const kept = options.compat === 'upstream' ? wanted : inside(wanted, photo);
  if (kept.width < 1 || kept.height < 1) throw new Problem('face', 'its box lies outside the image');
  const cut = cropBox(photo, kept, 'black');
  const notes =
    kept.width === wanted.width && kept.height === wanted.height ? [] : ['the box was cut at the border'];
  return { image: fitSize(cv, cut, options.size), notes };
}

async function aligned(
  cv: OpenCv,
  finder: FaceFinder,
  photo: RasterImage,
  face: Face,
  options: CropTaskOptions,
): Promise<Cut> {
  const points = face.points ?? fivePoints(await finder.landmarks(photo, face));
  const { width, height } = options.size ?? { width: 112, height: 112 };
  return { image: alignFace(cv, photo, points, width, height).image, notes: [] };
}

function enlarged({ x, y, width, height }: Box, margin: number): Box {
  return {
    x: x - width * margin,
    y: y - height * margin,
    width: width * (1 + 2 * margin),
    height: height * (1 + 2 * margin),
  };
}

function wholePixels({ x, y, width, height }: Box): Box {
  const left = Math.round(x);
  const top = Math.round(y);
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

function inside(box: Box, { width, height }: RasterImage): Box {
  const left = Math.max(box.x, 0);
  const top = Math.max(box.y, 0);
  return {
    x: left,
    y: top,
    width: Math.min(box.x + box.width, width) - left,
    height: Math.min(box.y + box.height, height) - top,
  };
}
