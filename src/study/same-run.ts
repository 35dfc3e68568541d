import { isDeepStrictEqual } from 'node:util';
import { readRunRecord } from '../jobs/run/read-run-record.js';
import { version } from '../version.js';

/**
 * Whether a folder holds a run of the same settings, which then goes on. Steps that run no model begin anew where it does
 * not, instead of asking for another folder.
 */
export function isSameRun(folder: string, command: string, settings: Record<string, unknown>): boolean {
  const earlier = readRunRecord(folder);
  return (
    earlier?.command === command &&
    earlier.versions.faceprobe === version &&
    isDeepStrictEqual(earlier.settings, JSON.parse(JSON.stringify(settings)))
  );
}
