import type { Listener } from '../jobs/events.js';
import type { RunRecord } from '../jobs/run/run-record.js';

/** How whoever calls a study follows it and stops it. */
export interface StudyContext {
  readonly signal: AbortSignal;
  readonly listen: Listener;
}

/** The options that every study has. */
export interface StudyOptions {
  /** Images worked on at once. @default number of cores */
  readonly workers?: number | undefined;
  readonly resume?: boolean | undefined;
}

/** What a study leaves behind. */
export interface StudyOutcome {
  readonly folder: string;
  readonly record: RunRecord;
  /** What `--json` prints, put together only where it is asked for. */
  readonly json: () => Promise<unknown>;
  /** The file or folder that a person wants to look at first. */
  readonly lookAt: string;
  /** What a person wants to read at once on a terminal, before `lookAt`. */
  readonly lines?: readonly string[] | undefined;
}

/** A study, or one step of it: options in, a run folder out. */
export type Study<Options> = (options: Options, context: StudyContext) => Promise<StudyOutcome>;
