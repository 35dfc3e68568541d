import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import type { RunRecord } from './run-record.js';

const loss = z.object({ item: z.string(), reason: z.string() });

const schema: z.ZodType<RunRecord> = z.object({
  command: z.string(),
  status: z.enum(['running', 'done', 'stopped', 'failed']),
  settings: z.record(z.string(), z.unknown()),
  versions: z.record(z.string(), z.string()),
  started: z.string(),
  finished: z.string().nullable(),
  seconds: z.number(),
  counts: z.object({ items: z.number(), done: z.number(), skipped: z.number(), failed: z.number() }),
  skipped: z.array(loss),
  failed: z.array(loss),
  results: z.record(z.string(), z.unknown()),
});

/**
 * The record of the run in a folder; `undefined` where it holds none.
 * @throws {Problem} where `run.json` is not one that faceprobe wrote.
 */
export function readRunRecord(folder: string): RunRecord | undefined {
  const path = join(folder, 'run.json');
  if (!existsSync(path)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Problem(path, 'is no record of a run', 'use another folder, or --no-resume to replace it', {
      cause: error,
    });
  }
}
