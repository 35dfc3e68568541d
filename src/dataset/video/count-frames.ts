import { z } from 'zod';
import { Problem } from '../../problem.js';
import { lastLine } from './probe-video.js';
import { ended, ffmpegInput, startFfmpeg, textOf } from './run-ffmpeg.js';

const answer = z.object({ streams: z.array(z.object({ nb_read_frames: z.string().optional() })) });

/**
 * How many frames the first video stream of a file really has: all of them are decoded, for containers do not always know.
 * @param name how a Problem calls the file. @default its path
 * @throws Problem where ffprobe is not installed, or the frames cannot be counted.
 */
export async function countFrames(file: string, name: string = file): Promise<number> {
  const process = startFfmpeg('ffprobe', [
    ...['-v', 'error', '-count_frames', '-select_streams', 'v:0'],
    ...['-show_entries', 'stream=nb_read_frames', '-of', 'json'],
    ...ffmpegInput(file),
  ]);
  const [code, output, errors] = await Promise.all([
    ended(process, 'ffprobe'),
    textOf(process.stdout),
    textOf(process.stderr),
  ]);
  const stream = code === 0 ? answer.safeParse(JSON.parse(output)).data?.streams.at(0) : undefined;
  const count = Number(stream?.nb_read_frames);
  if (!(count > 0)) {
    throw new Problem(
      name,
      `has no frames that can be counted: ${lastLine(errors || 'it holds no video stream')}`,
      'copy or export it again, such as to MP4',
    );
  }
  return count;
}
