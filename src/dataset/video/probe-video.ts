import { z } from 'zod';
import { Problem } from '../../problem.js';
import { ended, ffmpegInput, startFfmpeg, textOf } from './run-ffmpeg.js';

/** What is known of a video before its frames are read. */
export interface VideoFacts {
  /** Mean frames a second. */
  readonly frameRate: number;
  /** As the container says; null where it does not. */
  readonly seconds: number | null;
}

const answer = z.object({
  streams: z.array(z.object({ avg_frame_rate: z.string().optional(), r_frame_rate: z.string().optional() })),
  format: z.object({ duration: z.string().optional() }).optional(),
});

/**
 * Asks ffprobe about the first video stream of a file.
 * @param name how a Problem calls the file. @default its path
 * @throws Problem where ffprobe is not installed, or the file holds no video that it can read.
 */
export async function probeVideo(file: string, name: string = file): Promise<VideoFacts> {
  const process = startFfmpeg('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-show_entries'],
    ...['stream=avg_frame_rate,r_frame_rate:format=duration', '-of', 'json'],
    ...ffmpegInput(file),
  ]);
  const [code, output, errors] = await Promise.all([
    ended(process, 'ffprobe'),
    textOf(process.stdout),
    textOf(process.stderr),
  ]);
  if (code !== 0) throw notAVideo(name, errors);
  const parsed = answer.safeParse(jsonOf(output));
  const stream = parsed.data?.streams.at(0);
  if (stream === undefined) throw notAVideo(name, errors || 'it holds no video stream');
  const frameRate = ratio(stream.avg_frame_rate) ?? ratio(stream.r_frame_rate);
  if (frameRate === undefined) throw notAVideo(name, 'its frame rate is unknown');
  const duration = Number(parsed.data?.format?.duration);
  return { frameRate, seconds: duration > 0 ? duration : null };
}

function notAVideo(name: string, reason: string): Problem {
  return new Problem(
    name,
    `cannot be read as a video: ${lastLine(reason)}`,
    'copy or export it again, such as to MP4',
  );
}

/** The last line of what ffmpeg says, without the path that it repeats. */
export function lastLine(text: string): string {
  const line = text.trim().split(/\r?\n/).at(-1) ?? '';
  return line.replace(/^file:.*?: (?=[A-Z])/, '').replace(/^\[[^\]]*\] /, '') || 'ffmpeg gives no reason';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `30000/1001` as a number; undefined where it is no rate. */
function ratio(text: string | undefined): number | undefined {
  const [over, under = '1'] = (text ?? '').split('/');
  const value = Number(over) / Number(under);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
