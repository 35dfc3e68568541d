import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblem } from '../../dataset/file-problem.js';
import { Problem } from '../../problem.js';

/**
 * Keeps two programs from writing into one folder. The lock of a program that was killed is taken over.
 * @returns what releases the lock.
 * @throws {Problem} where another program that is alive holds it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, '.faceprobe.lock');
  try {
    take(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      throw fileProblem(error, path);
    const holder = Number(readFileSync(path, 'utf8'));
    if (isAlive(holder)) {
      throw new Problem(
        folder,
        `another faceprobe (process ${holder}) is writing into it`,
        'wait, or use another folder',
      );
    }
    rmSync(path, { force: true });
    take(path);
  }
  return () => rmSync(path, { force: true });
}

function take(path: string): void {
  writeFileSync(path, String(process.pid), { flag: 'wx' });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user exists, but may not be signalled.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
