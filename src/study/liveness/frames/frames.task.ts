import { parse } from 'node:path';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { countFrames } from '../../../dataset/video/count-frames.js';
import { readFrames } from '../../../dataset/video/read-frames.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { selectFace } from '../../../face/select-face.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { Task } from '../../../jobs/task.js';
import { RandomState } from '../../../tensor/random.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { imageSeed } from '../../image-seed.js';
import type { MediaItem } from '../media/media-items.js';
import { paddedFace } from './padded-face.js';

export interface FramesTaskOptions {
  readonly output: string;
  readonly count: number;
  readonly seed: number;
  readonly size: number;
  readonly tools: FaceTools;
}

/** One frame that was written. Paths are below the output folder. */
export interface WrittenFrame {
  readonly index: number;
  readonly frame: string;
  /** Null where no face was found. */
  readonly face: {
    readonly path: string;
    readonly box: readonly [x: number, y: number, width: number, height: number];
  } | null;
}

/** What the journal keeps of one video. */
export interface VideoFrames {
  /** Frames that the video has. */
  readonly total: number;
  readonly frames: readonly WrittenFrame[];
}

/** Takes random frames out of one video after the other. */
export default async function startTakingFrames(
  options: FramesTaskOptions,
): Promise<Task<MediaItem, VideoFrames>> {
  const { output, count, seed, size, tools } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(tools);
  return {
    async run({ name, file }) {
      const total = await countFrames(file, name);
      const indices = randomFrames(total, count, imageSeed(seed, name));
      const { dir, name: stem } = parse(name);
      const folder = dir === '' ? '' : `${dir}/`;
      const frames: WrittenFrame[] = [];
      for await (const { index, image } of readFrames(file, { name, only: { indices } })) {
        const frame = `frames/${folder}${stem}_${index}.jpg`;
        await writeFileAtomic(outputPath(output, frame), await encodeImage(image, 'jpeg'));
        const face = selectFace(await finder.all(image), tools.select);
        if (face === undefined) {
          frames.push({ index, frame, face: null });
          continue;
        }
        const path = `faces/${folder}${stem}_${index}_face.jpg`;
        const crop = paddedFace(cv, image, face.box, size);
        await writeFileAtomic(outputPath(output, path), await encodeImage(crop, 'jpeg'));
        const { x, y, width, height } = face.box;
        frames.push({ index, frame, face: { path, box: [x, y, width, height] } });
      }
      return { total, frames };
    },
  };
}

/** Sorted numbers of frames without replacement; all of them where there are no more than `count`. */
export function randomFrames(total: number, count: number, seed: number): number[] {
  if (total <= count) return Array.from({ length: total }, (_, index) => index);
  return [...new RandomState(seed).choice(total, count, { replace: false })].sort((a, b) => a - b);
}
