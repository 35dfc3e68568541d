import { availableParallelism } from 'node:os';
import { version } from '../../version.js';

/** An input that did not make it into the results, and why. */
export interface Loss {
  item: string;
  reason: string;
}

/** What `run.json` holds: all that is needed to make the results again, and what became of the inputs. */
export interface RunRecord {
  command: string;
  status: 'running' | 'done' | 'stopped' | 'failed';
  /** Everything that decides the results, defaults included; a run goes on only where these agree. */
  settings: Record<string, unknown>;
  versions: Record<string, string>;
  started: string;
  finished: string | null;
  /** Seconds of work, over all sittings of an interrupted run. */
  seconds: number;
  counts: { items: number; done: number; skipped: number; failed: number };
  skipped: Loss[];
  failed: Loss[];
  /** What the command found: the same numbers as its tables and figures. */
  results: Record<string, unknown>;
}

/** The record of a run that begins now. */
export function newRunRecord(command: string, settings: Record<string, unknown>): RunRecord {
  return {
    command,
    status: 'running',
    settings,
    versions: {
      faceprobe: version,
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}, ${availableParallelism()} cores`,
    },
    started: new Date().toISOString(),
    finished: null,
    seconds: 0,
    counts: { items: 0, done: 0, skipped: 0, failed: 0 },
    skipped: [],
    failed: [],
    results: {},
  };
}
