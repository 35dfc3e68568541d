import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileProblem } from '../../dataset/file-problem.js';
import { temporaryName, writeFileAtomicSync } from '../../dataset/write-file-atomic.js';
import { Problem } from '../../problem.js';
import { version } from '../../version.js';
import { describeEvent } from '../describe-event.js';
import type { RunEvent } from '../events.js';
import { Journal, type JournalEntry, readJournal } from './journal.js';
import { lockFolder } from './lock.js';
import { newRunRecord, type RunRecord } from './run-record.js';

export interface RunRequest {
  /** The output folder; made where it is missing. */
  readonly folder: string;
  readonly command: string;
  /** Everything that decides the results; plain data. */
  readonly settings: Record<string, unknown>;
  /** Go on where an earlier run with the same settings stopped. @default true */
  readonly resume?: boolean | undefined;
}

/** An open run: the folder that holds `run.json`, `run.log` and the journal `results.jsonl`. */
export class RunFolder {
  readonly folder: string;
  /** Items that are done, by an earlier sitting or by this one. */
  readonly finished: Set<string>;
  readonly record: RunRecord;
  readonly #journal: Journal;
  readonly #unlock: () => void;
  readonly #start = performance.now();
  readonly #secondsBefore: number;
  #log: number | undefined;

  private constructor(
    folder: string,
    record: RunRecord,
    { journal, finished }: { journal: Journal; finished: Set<string> },
    unlock: () => void,
  ) {
    this.folder = folder;
    this.record = record;
    this.finished = finished;
    this.#journal = journal;
    this.#unlock = unlock;
    this.#secondsBefore = record.seconds;
  }

  /**
   * Begins a run, or goes on with one.
   * @throws {Problem} where the folder cannot be written to, another program writes into it, or it holds a run with
   *   other settings.
   */
  static async open({ folder, command, settings, resume = true }: RunRequest): Promise<RunFolder> {
    prepareFolder(folder);
    const unlock = lockFolder(folder);
    try {
      const wanted = plain(settings);
      const earlier = resume ? await earlierRecord(folder) : undefined;
      if (earlier !== undefined) checkSame(folder, earlier, command, wanted);
      const journalPath = join(folder, 'results.jsonl');
      // Without its record a journal cannot be trusted.
      if (earlier === undefined) rmSync(journalPath, { force: true });
      if (earlier?.status === 'running') removeTemporaries(folder);
      const record =
        earlier === undefined
          ? newRunRecord(command, wanted)
          : { ...newRunRecord(command, wanted), started: earlier.started, seconds: earlier.seconds };
      const run = new RunFolder(folder, record, await Journal.open(journalPath), unlock);
      run.#write();
      return run;
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** Notes that an item is done; its outputs must be in place. */
  finish(entry: JournalEntry): void {
    this.#journal.append(entry);
    this.finished.add(entry.item);
  }

  /** The results of all finished items, one at a time, in the order in which they were finished. */
  results(): AsyncGenerator<JournalEntry, void, void> {
    return readJournal(join(this.folder, 'results.jsonl'));
  }

  /** Writes an event into `run.log`. */
  log(event: RunEvent): void {
    const { level, text } = describeEvent(event);
    const path = join(this.folder, 'run.log');
    try {
      this.#log ??= openSync(path, 'a');
      writeSync(this.#log, `${new Date().toISOString()} | ${level} | ${text}\n`);
    } catch (error) {
      throw fileProblem(error, path);
    }
  }

  /** Ends the run: the record is written, the journal closed, the folder unlocked. */
  close(status: RunRecord['status']): void {
    this.#journal.close();
    if (this.#log !== undefined) closeSync(this.#log);
    this.#log = undefined;
    try {
      this.record.status = status;
      this.record.finished = status === 'running' ? null : new Date().toISOString();
      this.#write();
    } finally {
      this.#unlock();
    }
  }

  #write(): void {
    this.record.seconds = this.#secondsBefore + (performance.now() - this.#start) / 1000;
    writeFileAtomicSync(join(this.folder, 'run.json'), `${JSON.stringify(this.record, null, 2)}\n`);
  }
}

/** The reader, with its schema, is only loaded where there is something to read. */
async function earlierRecord(folder: string): Promise<RunRecord | undefined> {
  if (!existsSync(join(folder, 'run.json'))) return undefined;
  const { readRunRecord } = await import('./read-run-record.js');
  return readRunRecord(folder);
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw fileProblem(error, folder);
  }
}

/** Settings as they come back from a file, so that the two can be compared. */
function plain(settings: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(settings)) as Record<string, unknown>;
}

function checkSame(
  folder: string,
  earlier: RunRecord,
  command: string,
  settings: Record<string, unknown>,
): void {
  const remedy = 'use another folder, or --no-resume to start again';
  if (earlier.command !== command) throw new Problem(folder, `holds a run of ${earlier.command}`, remedy);
  const made = earlier.versions.faceprobe;
  if (made !== version) throw new Problem(folder, `holds a run of faceprobe ${made}, not ${version}`, remedy);
  const names = [...new Set([...Object.keys(earlier.settings), ...Object.keys(settings)])];
  const differ = names.filter((name) => !isDeepStrictEqual(earlier.settings[name], settings[name]));
  if (differ.length > 0) {
    const name = differ[0];
    const others = differ.length === 1 ? '' : ` and ${differ.length - 1} more`;
    throw new Problem(
      folder,
      `holds a run with another ${name}${others}: ${show(earlier.settings[name])}, not ${show(settings[name])}`,
      remedy,
    );
  }
}

function show(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** What a killed run was about to rename. Only folders that faceprobe made can hold such names. */
function removeTemporaries(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (temporaryName.test(basename(path))) rmSync(join(folder, path), { force: true });
  }
}
