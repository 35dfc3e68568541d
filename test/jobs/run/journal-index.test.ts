import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { indexJournal, readJournalEntry } from '../../../src/jobs/run/journal-index.js';

describe('indexJournal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faceprobe-'));
  const path = join(folder, 'results.jsonl');
  after(() => rmSync(folder, { recursive: true }));

  it('finds every entry again, over the borders of the pieces that are read, and the last of two', async () => {
    // Longer than one piece of a stream (64 KiB), with characters of several bytes.
    const entries = Array.from({ length: 300 }, (_, at) => ({
      item: `Zoë/😀${at}`,
      result: 'é'.repeat(at * 7),
    }));
    const again = { item: entries[5].item, result: 'again' };
    writeFileSync(path, [...entries, again].map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    const index = await indexJournal(path);
    assert.equal(index.size, 300);
    for (const entry of [...entries.toSpliced(5, 1), again]) {
      assert.deepEqual(readJournalEntry(index.get(entry.item)!), entry);
    }
  });

  it('leaves out a line that was not finished; knows nothing of a file that is not there', async () => {
    writeFileSync(path, '{"item":"a","result":1}\n{"item":"b","resu');
    assert.deepEqual([...(await indexJournal(path)).keys()], ['a']);
    writeFileSync(path, '{"item":"a","result":1}\n{"item":"b","result":2}');
    const index = await indexJournal(path);
    assert.deepEqual(readJournalEntry(index.get('b')!), { item: 'b', result: 2 });
    assert.equal((await indexJournal(join(folder, 'none'))).size, 0);
  });
});
