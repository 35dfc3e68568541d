import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { fileProblem } from '../../dataset/file-problem.js';
import { Problem } from '../../problem.js';

/** What the lock file says about who holds it. */
interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** Seconds after which a lock that names no holder is taken to be left over. */
const nameless = 10;

/** The lock files that this process holds: in a container the number of a dead process may be ours. */
const held = new Set<string>();

/**
 * Keeps two programs from writing into one folder. The lock of a program that was killed is taken over.
 * @returns what releases the lock.
 * @throws {Problem} where another program that is alive, or runs on another machine, holds it.
 */
export function lockFolder(folder: string): () => void {
  const path = resolve(folder, '.faceprobe.lock');
  // Another program may take over the same left-over lock at the same moment.
  for (let attempt = 0; attempt < 3; attempt++) {
    if (take(path)) {
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    }
    const holder = readHolder(path);
    if (holder === undefined ? isRecent(path) : isAlive(holder, path)) throw inUse(folder, holder);
    rmSync(path, { force: true });
  }
  throw inUse(folder, readHolder(path));
}

/** @returns whether it could be taken. */
function take(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder), {
      flag: 'wx',
    });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw fileProblem(error, path);
  }
}

function inUse(folder: string, holder: Holder | undefined): Problem {
  const who = holder === undefined ? '' : ` (process ${holder.pid} on ${holder.host})`;
  return new Problem(
    folder,
    `another faceprobe${who} is writing into it`,
    `wait, use another folder, or delete ${join(folder, '.faceprobe.lock')} if it no longer runs`,
  );
}

/** `undefined` where the holder has not written its name: not yet, or it died before. */
function readHolder(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder> | null;
    return typeof holder?.pid === 'number' && typeof holder.host === 'string'
      ? { pid: holder.pid, host: holder.host }
      : undefined;
  } catch {
    return undefined;
  }
}

function isRecent(path: string): boolean {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts !== undefined && Date.now() - facts.mtimeMs < nameless * 1000;
}

function isAlive({ pid, host }: Holder, path: string): boolean {
  // Nothing can be asked about a process of another machine.
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user exists, but may not be signalled.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
