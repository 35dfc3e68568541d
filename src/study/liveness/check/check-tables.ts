import { stringify } from 'csv-stringify/sync';
import type { Ensemble } from '../ensemble/open-ensemble.js';
import type { VideoCheck } from './check-result.js';
import type { Checked } from './summarise-checks.js';

/**
 * The scores as CSV, one row a photograph or video. It is a score file: `path`, then `score`, which is the fused P(attack).
 * The columns that bear the members' names hold their P(attack).
 */
export function scoresTable(
  checked: readonly Checked[],
  pathOf: (name: string) => string,
  { members }: Ensemble,
): string {
  const rows = checked.map(({ name, result }) => {
    const video = result.kind === 'video' ? result : undefined;
    const image = result.kind === 'image' ? result : undefined;
    const [x, y, width, height] = image?.box ?? [];
    return {
      path: pathOf(name),
      score: result.score,
      decision: result.decision,
      threshold: result.threshold,
      ...Object.fromEntries(members.map((member) => [member.name, result.members[member.name].score])),
      ...Object.fromEntries(
        members.map((member) => [`${member.name} decision`, result.members[member.name].decision]),
      ),
      suspected: result.suspected.join('+'),
      kind: result.kind,
      faces: image?.faces,
      x,
      y,
      width,
      height,
      frames: video?.looked,
      frames_with_face: video?.scored,
      mean: video?.pooled.mean,
      median: video?.pooled.median,
      max: video?.pooled.max,
      notes: result.notes.join('; '),
    };
  });
  return stringify(rows, { header: true });
}

/** Milliseconds of every step, one row a photograph or video (of which: a mean frame). They differ from run to run. */
export function timesTable(
  checked: readonly Checked[],
  pathOf: (name: string) => string,
  { members }: Ensemble,
): string {
  const rows = checked.map(({ name, result: { milliseconds } }) => ({
    path: pathOf(name),
    decode: milliseconds.decode.toFixed(2),
    detect: milliseconds.detect.toFixed(2),
    ...Object.fromEntries(
      members.map((member) => [member.name, milliseconds.members[member.name].toFixed(2)]),
    ),
  }));
  return stringify(rows, { header: true });
}

/** The frames of a video as CSV; frames without a face have empty scores. */
export function framesTable({ frames }: VideoCheck, { members }: Ensemble): string {
  const rows = frames.map(({ index, seconds, fused, members: scores }) => ({
    frame: index,
    seconds: Number(seconds.toFixed(4)),
    score: fused,
    ...Object.fromEntries(members.map((member, at) => [member.name, scores?.[at]])),
  }));
  return stringify(rows, { header: true });
}
