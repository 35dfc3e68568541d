import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { version } from '../../version.js';

/** An input that did not make it into the results, and why. */
const loss = z.object({ item: z.string(), reason: z.string() });

/** What `run.json` holds: all that is needed to make the results again, and what became of the inputs. */
export const runRecordSchema = z.object({
  command: z.string(),
  status: z.enum(['running', 'done', 'stopped', 'failed']),
  /** Everything that decides the results, defaults included; a run goes on only where these agree. */
  settings: z.record(z.string(), z.unknown()),
  versions: z.record(z.string(), z.string()),
  started: z.string(),
  finished: z.string().nullable(),
  /** Seconds of work, over all sittings of an interrupted run. */
  seconds: z.number(),
  counts: z.object({ items: z.number(), done: z.number(), skipped: z.number(), failed: z.number() }),
  skipped: z.array(loss),
  failed: z.array(loss),
  /** What the command found: the same numbers as its tables and figures. */
  results: z.record(z.string(), z.unknown()),
});

export type RunRecord = z.infer<typeof runRecordSchema>;

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
