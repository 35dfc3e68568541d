import { ended, startFfmpeg } from './run-ffmpeg.js';

/** Makes sure that both programs can be started, before any work. @throws Problem that says what to install */
export async function requireFfmpeg(): Promise<void> {
  for (const program of ['ffprobe', 'ffmpeg'] as const) {
    const process = startFfmpeg(program, ['-version']);
    process.stdout.resume();
    process.stderr.resume();
    await ended(process, program);
  }
}
