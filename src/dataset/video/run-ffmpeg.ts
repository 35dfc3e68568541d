import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Problem } from '../../problem.js';

/** The programs of ffmpeg that are used; they are looked for on the PATH. */
type Program = 'ffmpeg' | 'ffprobe';

export type FfmpegProcess = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Starts a program of ffmpeg without a shell, so that a file name is only ever a file name. It has no input and may open
 * nothing but files, whatever a play list inside the video says.
 */
export function startFfmpeg(program: Program, parameters: readonly string[]): FfmpegProcess {
  return spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'], shell: false, windowsHide: true });
}

/** The file as ffmpeg's input: a name that begins with a dash or looks like an address stays a file's. */
export function ffmpegInput(file: string): string[] {
  return ['-protocol_whitelist', 'file', '-i', `file:${resolve(file)}`];
}

/** How a process ended. @throws Problem where the program is not there */
export async function ended(process: FfmpegProcess, program: Program): Promise<number | null> {
  return new Promise((done, fail) => {
    process.once('error', (error) => fail(startProblem(error, program)));
    process.once('close', (code) => done(code));
  });
}

function startProblem(error: Error, program: Program): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code !== 'ENOENT' && code !== 'EACCES') return error;
  return new Problem(
    program,
    code === 'ENOENT'
      ? 'is not installed, and videos are read by it'
      : 'is found on the PATH but may not be started',
    'install ffmpeg (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg) or name images instead',
    { cause: error },
  );
}

/** All that a process writes to one of its streams. */
export async function textOf(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
