import { stringify } from 'csv-stringify/sync';
import { join, parse, resolve } from 'node:path';
import { splitNames, splitPeople } from '../../../dataset/people/split-people.js';
import { requireFfmpeg } from '../../../dataset/video/require-ffmpeg.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { Problem } from '../../../problem.js';
import { faceTools } from '../../faces/face-tools.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { type MediaItem, mediaItems } from '../media/media-items.js';
import type { FramesOptions } from './frames-options.js';
import type { FramesTaskOptions, VideoFrames } from './frames.task.js';
import { type VideoLabels, videoLabels } from './video-labels.js';

/**
 * Makes a data set out of videos: random frames and padded face crops, with labels.csv, whose split parts subjects and
 * never frames.
 */
export async function frames(options: FramesOptions, context: StudyContext): Promise<StudyOutcome> {
  const { inputs, output, count, seed, size, split, labels: labelFile } = options;
  const media = await mediaItems(inputs);
  const videos = media.items.filter(({ kind }) => kind === 'video');
  if (videos.length === 0) throw new Problem(inputs.join(', '), 'holds no video', 'name videos');
  checkStems(videos);
  await requireFfmpeg();
  const labels = await videoLabels(videos, labelFile);
  const subjects = [...new Set([...labels.values()].map(({ subject }) => subject))];
  checkSubjects(subjects, split);
  const parts = splitPeople(subjects, split, seed);
  const { tools, settings } = await faceTools(options, { detector: true, landmarks: false }, context);
  const task: FramesTaskOptions = { output, count, seed, size, tools };
  return runStudy(
    {
      request: {
        folder: output,
        command: 'liveness frames',
        settings: {
          inputs: inputs.map((input) => resolve(input)),
          count,
          seed,
          size,
          split,
          labels: Object.fromEntries(labels),
          ...settings,
        },
      },
      title: 'frames',
      items: videos,
      problems: media.problems,
      notes:
        labelFile === undefined
          ? ['no --labels: the class is the folder, and every video counts as a subject of its own']
          : [],
      module: new URL('./frames.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) await conclude(run, { labels, parts }, context);
        return {
          json: () => Promise.resolve({ folder: output, ...run.record.results }),
          lookAt: join(output, complete ? 'labels.csv' : 'run.json'),
        };
      },
    },
    options,
    context,
  );
}

/** Every split that has a share needs a subject of its own. */
function checkSubjects(subjects: readonly string[], split: FramesOptions['split']): void {
  const wanted = splitNames.filter((name) => split[name] > 0);
  if (subjects.length >= wanted.length) return;
  throw new Problem(
    '--split',
    `${subjects.length === 1 ? 'one subject cannot' : `${subjects.length} subjects cannot`} be parted into ${wanted.join(', ')}`,
    'add videos of other people, or make no split: --split 1,0,0',
  );
}

/** The names of outputs are made of the videos' names without the extension. */
function checkStems(videos: readonly MediaItem[]): void {
  const stems = new Map<string, string>();
  for (const { name, file } of videos) {
    const { dir, name: stem } = parse(name);
    const key = `${dir}/${stem}`;
    const other = stems.get(key);
    if (other !== undefined) {
      throw new Problem(
        file,
        `and ${other} differ by their extension only, so their frames would collide`,
        'rename one of them',
      );
    }
    stems.set(key, file);
  }
}

interface Labelling {
  readonly labels: ReadonlyMap<string, VideoLabels>;
  readonly parts: ReturnType<typeof splitPeople>;
}

async function conclude(
  run: RunFolder,
  { labels, parts }: Labelling,
  { listen }: StudyContext,
): Promise<void> {
  const videos: { name: string; result: VideoFrames }[] = [];
  for await (const { item, result } of run.results()) {
    videos.push({ name: item, result: result as VideoFrames });
  }
  videos.sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = videos.flatMap(({ name, result }) =>
    result.frames.flatMap(({ index, frame, face }) => {
      if (face === null) return [];
      const { subject, class: className } = labels.get(name)!;
      const [x, y, width, height] = face.box;
      return [
        {
          path: face.path,
          subject,
          class: className,
          split: parts.get(subject)!,
          video: name,
          frame_number: index,
          frame,
          ...{ x, y, width, height },
        },
      ];
    }),
  );
  await writeFileAtomic(join(run.folder, 'labels.csv'), stringify(rows, { header: true }));
  const faceless = videos.flatMap(({ result }) =>
    result.frames.flatMap(({ frame, face }) => (face === null ? [frame] : [])),
  );
  const classes = [...new Set(rows.map((row) => row.class))].sort();
  const faces = Object.fromEntries(
    splitNames.map((split) => [
      split,
      Object.fromEntries(
        classes.map((name) => [name, rows.filter((row) => row.split === split && row.class === name).length]),
      ),
    ]),
  );
  Object.assign(run.record.results, { videos: videos.length, faces, withoutFace: faceless });
  const warn = (message: string) => {
    const event = { type: 'note', level: 'warning', message } as const;
    run.log(event);
    listen(event);
  };
  if (faceless.length > 0)
    warn(`${faceless.length} frames show no face and are not in labels.csv; run.json names them`);
  for (const split of splitNames) {
    for (const name of classes) {
      if (faces[split][name] === 0)
        warn(`${split} has no face of the class ${name}: there are too few subjects`);
    }
  }
}
