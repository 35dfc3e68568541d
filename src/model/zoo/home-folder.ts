import { resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * The folder that keeps what was fetched or converted once: the given one, else `FACEPROBE_HOME`, else the cache
 * folder of the operating system. It can be copied to another machine.
 */
export function homeFolder(home?: string): string {
  const chosen = home ?? process.env.FACEPROBE_HOME;
  return chosen === undefined || chosen === ''
    ? envPaths('faceprobe', { suffix: '' }).cache
    : resolve(chosen);
}
