import { resolve } from 'node:path';
import { decodeImage } from '../../../dataset/decode-image.js';
import { selectFace } from '../../../face/select-face.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Task } from '../../../jobs/task.js';
import { Problem } from '../../../problem.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { EnsembleScorer } from '../ensemble/ensemble-scorer.js';
import { judge } from '../ensemble/judge.js';
import type { Ensemble } from '../ensemble/open-ensemble.js';
import type { CheckItem, LocatedFace } from './check-item.js';
import type { FaceBox, ImageCheck, MediaCheck } from './check-result.js';
import { checkVideo } from './check-video.js';
import type { Pooling } from './pool-frames.js';

export interface CheckTaskOptions {
  readonly ensemble: Ensemble;
  readonly aligned: boolean;
  readonly tools: FaceTools;
  readonly every: number;
  readonly pool: Pooling;
  /** Threads of one forward pass. */
  readonly threads: number;
}

/** Checks one photograph or video after the other. */
export default async function startChecking(options: CheckTaskOptions): Promise<Task<CheckItem, MediaCheck>> {
  const { ensemble, aligned, tools, threads, every, pool } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(tools);
  const scorer = await EnsembleScorer.open(cv, finder, ensemble.members, threads);

  const locate = async (photo: RasterImage, box: FaceBox | undefined): Promise<LocatedFace | undefined> => {
    if (aligned) return { face: undefined, count: null };
    if (box !== undefined) {
      const [x, y, width, height] = box;
      return { face: { box: { x, y, width, height }, score: Number.NaN }, count: null };
    }
    const faces = await finder.all(photo);
    const face = selectFace(faces, tools.select);
    return face === undefined ? undefined : { face, count: faces.length };
  };

  const checkImage = async ({ name, file, box }: CheckItem): Promise<ImageCheck> => {
    const start = performance.now();
    const { image, notes } = await decodeImage(file, { name });
    const decoded = performance.now();
    const located = await locate(image, box);
    if (located === undefined) throw new Problem('no face', `${tools.detector} finds none in this image`);
    const found = performance.now();
    const { face, count } = located;
    const { scores, milliseconds, notes: ofViews } = await scorer.score(image, face);
    return {
      kind: 'image',
      file: resolve(file),
      ...judge(ensemble, scores),
      width: image.width,
      height: image.height,
      faces: count,
      box: face === undefined ? null : [face.box.x, face.box.y, face.box.width, face.box.height],
      notes: [
        ...notes,
        ...(count !== null && count > 1 ? [`${count} faces; the ${tools.select} one was taken`] : []),
        ...ofViews,
      ],
      milliseconds: {
        decode: decoded - start,
        detect: found - decoded,
        members: Object.fromEntries(ensemble.members.map((member, at) => [member.name, milliseconds[at]])),
      },
    };
  };

  return {
    run: (item) =>
      item.kind === 'image'
        ? checkImage(item)
        : checkVideo(item, { ensemble, every, pool, scorer, locate: (frame) => locate(frame, undefined) }),
  };
}
