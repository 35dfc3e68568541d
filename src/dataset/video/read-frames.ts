import type { RasterImage } from '../../image/raster-image.js';
import { Problem } from '../../problem.js';
import { pixmapsOf } from './pixmap-stream.js';
import { lastLine } from './probe-video.js';
import { ended, ffmpegInput, startFfmpeg, textOf } from './run-ffmpeg.js';

export interface VideoFrame {
  /** Position in the video, from 0, in the order of display. */
  readonly index: number;
  /** 8-bit RGB, turned as the video says. */
  readonly image: RasterImage;
}

export interface ReadFramesOptions {
  /** Which frames are wanted; all where left out. The others are decoded and dropped by ffmpeg. */
  readonly only?: { readonly every: number } | { readonly indices: readonly number[] } | undefined;
  /** How a Problem calls the file. @default its path */
  readonly name?: string | undefined;
  /** Told what ffmpeg complains about while it goes on. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * The frames of the first video stream of a file, one at a time, through a pipe of raw RGB images: ffmpeg decodes no
 * further than the reader has read. When the reader leaves early ffmpeg is ended.
 *
 * @throws Problem where ffmpeg is not installed, or the video is damaged; the frames before the damage have come by then.
 */
export async function* readFrames(
  file: string,
  options: ReadFramesOptions = {},
): AsyncGenerator<VideoFrame, void, void> {
  const { only, name = file } = options;
  const process = startFfmpeg('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-xerror', ...ffmpegInput(file), '-map', '0:v:0'],
    ...(only === undefined ? [] : ['-vf', `select=${selection(only)}`]),
    // Frames come as they are stored: none is doubled or dropped to make the rate even.
    ...[await passthrough(), 'passthrough', '-f', 'image2pipe', '-c:v', 'ppm', '-pix_fmt', 'rgb24', '-'],
  ]);
  const end = ended(process, 'ffmpeg');
  // The reader may leave before this is awaited.
  end.catch(() => undefined);
  const complaints = textOf(process.stderr);
  complaints.catch(() => undefined);
  let count = 0;
  try {
    let broken: unknown;
    try {
      for await (const image of pixmapsOf(process.stdout)) {
        yield { index: indexOf(count, only), image };
        count += 1;
      }
    } catch (error) {
      broken = error;
    }
    const code = await end;
    const said = (await complaints).trim();
    if (code !== 0 || broken !== undefined) {
      const reason = said === '' && broken instanceof Error ? broken.message : lastLine(said);
      throw new Problem(
        name,
        `is damaged after ${count === 1 ? 'one frame' : `${count} frames`}: ${reason}`,
        'copy or export it again',
      );
    }
    if (said !== '') options.onWarning?.(lastLine(said));
  } finally {
    if (process.exitCode === null) process.kill('SIGKILL');
  }
}

function indexOf(count: number, only: ReadFramesOptions['only']): number {
  if (only === undefined) return count;
  return 'every' in only ? count * only.every : only.indices[count];
}

/** An expression of ffmpeg's filter `select`; commas are escaped, as filters are parted by them. */
function selection(only: NonNullable<ReadFramesOptions['only']>): string {
  return 'every' in only
    ? `not(mod(n\\,${only.every}))`
    : only.indices.map((index) => `eq(n\\,${index})`).join('+');
}

let option: Promise<string> | undefined;

/** `-fps_mode` came with ffmpeg 5.1; older ones call it `-vsync`. */
function passthrough(): Promise<string> {
  option ??= (async () => {
    const process = startFfmpeg('ffmpeg', ['-version']);
    const [, text] = await Promise.all([
      ended(process, 'ffmpeg'),
      textOf(process.stdout),
      textOf(process.stderr),
    ]);
    const version = /version n?(\d+)\.(\d+)/.exec(text);
    const old = version !== null && Number(version[1]) + Number(version[2]) / 10 < 5.05;
    return old ? '-vsync' : '-fps_mode';
  })();
  // A failure is not kept: the next video says it again.
  option.catch(() => (option = undefined));
  return option;
}
