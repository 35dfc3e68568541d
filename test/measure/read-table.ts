import { readFileSync } from 'node:fs';

const fixtures = new URL('../../../test/fixtures/measure/', import.meta.url);

/** The rows of a CSV fixture without quotes, by column. */
export function readTable(file: string): Record<string, string>[] {
  const [head, ...rows] = readFileSync(new URL(file, fixtures), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
}

/** A JSON fixture, as what the caller says that it is. */
export function readGolden(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, fixtures), 'utf8'));
}
