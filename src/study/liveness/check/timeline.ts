import { linePlot } from '../../../report/plot/line-plot.js';
import type { Plot } from '../../../report/plot/plot.js';
import type { VideoCheck } from './check-result.js';

/** P(attack) of a video over time: fused and, where there are several, of each member; gaps where no face was found. */
export function timeline(id: string, name: string, video: VideoCheck, fusion: string): Plot {
  const members = Object.keys(video.members);
  const points = (value: (frame: VideoCheck['frames'][number]) => number | null | undefined) =>
    video.frames.map((frame) => ({ x: frame.seconds, y: value(frame) ?? Number.NaN }));
  return linePlot({
    id,
    title: name,
    xLabel: 'seconds',
    yLabel: 'P(attack)',
    series: [
      {
        label: members.length === 1 ? members[0] : `fused (${fusion})`,
        points: points(({ fused }) => fused),
      },
      ...(members.length === 1
        ? []
        : members.map((member, at) => ({
            label: member,
            points: points(({ members: scores }) => scores?.[at]),
          }))),
    ],
    references: [{ label: `threshold ${video.threshold}`, value: video.threshold }],
  });
}
