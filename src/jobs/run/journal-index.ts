import { closeSync, createReadStream, existsSync, openSync, readSync } from 'node:fs';
import { fileProblem } from '../../dataset/file-problem.js';
import { type JournalEntry, parseEntry } from './journal.js';

/** Where one entry of a journal lies. Plain data, so that a worker thread can read it. */
export interface JournalPlace {
  readonly path: string;
  /** In bytes. */
  readonly offset: number;
  readonly length: number;
}

/**
 * Where the entry of every item of a journal lies: memory for the names, not for the results. An item that comes twice
 * counts with its last entry.
 */
export async function indexJournal(path: string): Promise<Map<string, JournalPlace>> {
  const index = new Map<string, JournalPlace>();
  if (!existsSync(path)) return index;
  let offset = 0;
  const take = (line: Buffer) => {
    const entry = parseEntry(line.toString('utf8'));
    if (entry !== undefined) index.set(entry.item, { path, offset, length: line.length });
    offset += line.length + 1;
  };
  const parts: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        take(Buffer.concat([...parts.splice(0), chunk.subarray(start, end)]));
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
    }
  } catch (error) {
    throw fileProblem(error, path);
  }
  if (parts.length > 0) take(Buffer.concat(parts));
  return index;
}

/** Reads one entry of a journal. */
export function readJournalEntry({ path, offset, length }: JournalPlace): JournalEntry {
  const line = Buffer.alloc(length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, line, 0, length, offset);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileProblem(error, path);
  }
  const entry = parseEntry(line.toString('utf8'));
  if (entry === undefined) throw new Error(`${path} changed while it was being read.`);
  return entry;
}
