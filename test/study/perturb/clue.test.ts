import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { decodeImage } from '../../../src/dataset/decode-image.js';
import { encodeImage } from '../../../src/dataset/encode-image.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { applyClue } from '../../../src/perturb/spoof/apply-clue.js';
import { Problem } from '../../../src/problem.js';
import { imageSeed } from '../../../src/study/image-seed.js';
import { perturbClue, type PerturbClueOptions } from '../../../src/study/perturb/clue/perturb-clue.js';
import { photo } from '../../perturb/spoof/photo.js';

const root = mkdtempSync(join(tmpdir(), 'faceprobe-clue-'));
after(() => rmSync(root, { recursive: true, force: true }));
const inputPath = join(root, 'in');
mkdirSync(join(inputPath, 'b'), { recursive: true });
const names = ['a.png', 'b/a.png', 'b/c.png'];
for (const [at, name] of names.entries()) {
  writeFileSync(join(inputPath, name), await encodeImage(photo(40 + at, 32), 'png'));
}
writeFileSync(join(inputPath, 'tiny.png'), await encodeImage(photo(12, 40), 'png'));

const context = { signal: new AbortController().signal, listen: () => undefined };

function run(output: string, options: Partial<PerturbClueOptions> = {}) {
  return perturbClue(
    {
      clue: 'low-light',
      inputPath,
      outputPath: join(root, output),
      severity: [3],
      parameters: {},
      seed: 5,
      face: 'detect',
      detector: 'mtcnn',
      select: 'largest',
      workers: 1,
      ...options,
    },
    context,
  );
}

const samples = async (file: string) => (await decodeImage(join(root, file))).image.data;

describe('perturb CLUE', () => {
  it('writes the same tree, the same bytes for any number of workers and after resuming', async () => {
    const { record } = await run('one');
    assert.deepEqual([record.counts.done, record.skipped.length], [3, 1]);
    assert.match(record.skipped[0].reason, /tiny.png: has 12x40 pixels, and a clue needs 16 each way/);
    await run('two', { workers: 2 });
    await run('part');
    // As if the run had been killed after its first image.
    const journal = join(root, 'part', 'results.jsonl');
    const [first] = readFileSync(journal, 'utf8').trim().split('\n');
    writeFileSync(journal, `${first}\n`);
    for (const name of names) rmSync(join(root, 'part', name), { force: true });
    await run('part', { workers: 2 });
    const { item } = JSON.parse(first) as { item: string };
    for (const name of names) {
      const expected = readFileSync(join(root, 'one', name));
      assert.deepEqual(readFileSync(join(root, 'two', name)), expected);
      if (name !== item) assert.deepEqual(readFileSync(join(root, 'part', name)), expected);
    }
  });

  it('gives every image its own seed, made of its name, so that equal images differ', async () => {
    const cv = await loadOpenCv();
    for (const name of names) {
      const image = (await decodeImage(join(inputPath, name))).image;
      const alone = applyClue(cv, image, { clue: 'low-light', seed: imageSeed(5, name) });
      assert.deepEqual(await samples(`one/${name}`), alone.data);
    }
  });

  it('writes several severities below one folder each, and PNG where asked', async () => {
    writeFileSync(join(root, 'photo.jpg'), await encodeImage(photo(), 'jpeg'));
    await run('levels', { inputPath: join(root, 'photo.jpg'), severity: [1, 4], lossless: true });
    assert.deepEqual(readdirSync(join(root, 'levels/low-light')).sort(), ['s1', 's4']);
    assert.deepEqual(readdirSync(join(root, 'levels/low-light/s4')), ['photo.png']);
  });

  it('refuses a parameter out of range before it begins', async () => {
    await assert.rejects(run('bad', { parameters: { exposure: 2 } }), Problem);
  });
});
