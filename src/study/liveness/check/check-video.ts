import { probeVideo } from '../../../dataset/video/probe-video.js';
import { readFrames } from '../../../dataset/video/read-frames.js';
import type { RasterImage } from '../../../image/raster-image.js';
import { Problem } from '../../../problem.js';
import type { EnsembleScorer } from '../ensemble/ensemble-scorer.js';
import { decide, judge } from '../ensemble/judge.js';
import type { Ensemble } from '../ensemble/open-ensemble.js';
import type { MediaItem } from '../media/media-items.js';
import type { FrameCheck, VideoCheck } from './check-result.js';
import type { LocatedFace } from './check-item.js';
import { type Pooling, poolFrames } from './pool-frames.js';

export interface VideoTools {
  readonly ensemble: Ensemble;
  /** Every so many frames are looked at, from the first. */
  readonly every: number;
  readonly pool: Pooling;
  readonly scorer: EnsembleScorer;
  /** Undefined where a frame has no face. */
  readonly locate: (frame: RasterImage) => Promise<LocatedFace | undefined>;
}

/**
 * Checks the frames of a video and pools the scores over time. Frames without a face have no score and are counted; members
 * and the fused score are pooled alike, and the pooled fused score decides.
 * @throws {Problem} where the video cannot be read, or no frame has a face.
 */
export async function checkVideo(
  { name, file }: MediaItem,
  { ensemble, every, pool, scorer, locate }: VideoTools,
): Promise<VideoCheck> {
  const { frameRate } = await probeVideo(file, name);
  const frames: FrameCheck[] = [];
  const notes = new Map<string, number>();
  const note = (text: string) => notes.set(text, (notes.get(text) ?? 0) + 1);
  const times = { decode: 0, detect: 0, members: ensemble.members.map(() => 0) };
  let size: { width: number; height: number } | undefined;
  let several = 0;
  let start = performance.now();
  const source = readFrames(file, {
    name,
    only: every === 1 ? undefined : { every },
    onWarning: (message) => note(`ffmpeg: ${message}`),
  });
  for await (const { index, image } of source) {
    size ??= { width: image.width, height: image.height };
    const decoded = performance.now();
    const located = await locate(image);
    const found = performance.now();
    const frame = { index, seconds: index / frameRate };
    if (located === undefined) {
      frames.push({ ...frame, members: null, fused: null });
    } else {
      if ((located.count ?? 0) > 1) several += 1;
      const { scores, milliseconds, notes: ofViews } = await scorer.score(image, located.face);
      for (const text of ofViews) note(text.replace(/ and sees \d+ x \d+/, ' and sees less'));
      frames.push({ ...frame, members: scores, fused: judge(ensemble, scores).score });
      times.decode += decoded - start;
      times.detect += found - decoded;
      milliseconds.forEach((value, at) => (times.members[at] += value));
    }
    start = performance.now();
  }
  const scored = frames.flatMap(({ members, fused }) =>
    members === null || fused === null ? [] : [{ members, fused }],
  );
  if (size === undefined) throw new Problem(name, 'holds no frame', 'copy or export it again');
  if (scored.length === 0) {
    throw new Problem(
      name,
      `shows no face in any of ${frames.length} frames`,
      'check what it shows, or try another --detector',
    );
  }
  const pooled = poolFrames(scored.map(({ fused }) => fused));
  const ofMembers = ensemble.members.map(
    (_, at) => poolFrames(scored.map(({ members }) => members[at]))[pool],
  );
  const verdict = judge(ensemble, ofMembers);
  const without = frames.length - scored.length;
  return {
    kind: 'video',
    ...verdict,
    // The frames are fused first and pooled then; the members' pooled scores are shown, not fused again.
    score: pooled[pool],
    decision: decide(pooled[pool], ensemble.threshold),
    ...size,
    frameRate,
    looked: frames.length,
    scored: scored.length,
    pooled,
    frames,
    notes: [
      ...(without > 0 ? [`${without} of ${frames.length} frames show no face and have no score`] : []),
      ...(several > 0 ? [`${several} frames show several faces; one was taken`] : []),
      ...[...notes].map(([text, count]) => (count > 1 ? `${text} (${count} frames)` : text)),
    ],
    milliseconds: {
      decode: times.decode / scored.length,
      detect: times.detect / scored.length,
      members: Object.fromEntries(
        ensemble.members.map((member, at) => [member.name, times.members[at] / scored.length]),
      ),
    },
  };
}
