import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { fileProblem } from './file-problem.js';

/** Names that unfinished outputs have until they are renamed; what a killed run leaves may be deleted. */
export const temporaryName = /^\.faceprobe-\d+-\d+-\d+\.tmp$/;

let written = 0;

/** A name in the same folder, hence on the same file system, that no other thread or process uses. */
function temporaryNameBeside(path: string): string {
  return join(dirname(path), `.faceprobe-${process.pid}-${threadId}-${++written}.tmp`);
}

/**
 * Writes a file so that it is either there whole or not at all: to a temporary name in the same folder, then
 * renamed. Missing folders are made. What stood there before is replaced.
 *
 * @throws Problem where the folder is not writable, the disk is full, ...
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryNameBeside(path);
  try {
    await writeFile(temporary, content).catch(async (error: unknown) => {
      if (!isMissingFolder(error)) throw error;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, content);
    });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileProblem(error, path);
  }
}

/** The same without leaving the thread: for worker threads, where it is several times as fast for small files. */
export function writeFileAtomicSync(path: string, content: string | Uint8Array): void {
  const temporary = temporaryNameBeside(path);
  try {
    try {
      writeFileSync(temporary, content);
    } catch (error) {
      if (!isMissingFolder(error)) throw error;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(temporary, content);
    }
    renameSync(temporary, path);
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // The first error tells more.
    }
    throw fileProblem(error, path);
  }
}

const isMissingFolder = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
