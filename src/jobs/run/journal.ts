import {
  appendFileSync,
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { createInterface } from 'node:readline';
import { fileProblem } from '../../dataset/file-problem.js';

/** One finished item. */
export interface JournalEntry {
  /** The item's name, unique in its run. */
  readonly item: string;
  readonly result: unknown;
}

/**
 * The journal of a run: `results.jsonl`, one line a finished item, appended as soon as its outputs are in place. What a
 * killed run leaves is whole but for its last line.
 */
export class Journal {
  readonly #path: string;
  #file: number | undefined;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Opens or begins a journal and cuts off a line that was not finished. @returns the names of the finished items */
  static async open(path: string): Promise<{ journal: Journal; finished: Set<string> }> {
    const finished = new Set<string>();
    let bytes = 0;
    if (existsSync(path)) {
      for await (const line of linesOf(path)) {
        const entry = parseEntry(line);
        if (entry === undefined) break;
        finished.add(entry.item);
        bytes += Buffer.byteLength(line) + 1;
      }
      try {
        // The last line may be whole but for its line end.
        if (statSync(path).size < bytes) appendFileSync(path, '\n');
        truncateSync(path, bytes);
      } catch (error) {
        throw fileProblem(error, path);
      }
    }
    return { journal: new Journal(path), finished };
  }

  append(entry: JournalEntry): void {
    try {
      this.#file ??= openSync(this.#path, 'a');
      writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      throw fileProblem(error, this.#path);
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** The entries of a journal, one at a time. */
export async function* readJournal(path: string): AsyncGenerator<JournalEntry, void, void> {
  if (!existsSync(path)) return;
  for await (const line of linesOf(path)) {
    const entry = parseEntry(line);
    if (entry !== undefined) yield entry;
  }
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Infinity });
}

/** One line; undefined where it is not whole. */
export function parseEntry(line: string): JournalEntry | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'item' in entry
      ? (entry as JournalEntry)
      : undefined;
  } catch {
    return undefined;
  }
}
