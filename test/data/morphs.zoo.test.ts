import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';
import { perturbMorphs } from '../../src/study/perturb/morph/perturb-morphs.js';

const data = process.env.FACEPROBE_DATA;
const skip = data === undefined && 'FACEPROBE_DATA is not set';
const root = mkdtempSync(join(tmpdir(), 'faceprobe-morphs-'));
after(() => rmSync(root, { recursive: true, force: true }));

describe('perturb morph --pairs', { skip }, () => {
  it('writes the same morphs and bona fides for any number of workers, all of one size', async () => {
    const list = join(root, 'pairs.csv');
    const [a, b] = ['neutral_front/004_03.jpg', 'neutral_front/022_03.jpg'];
    writeFileSync(list, `file_a,file_b,same\n${a},${b},0\n${a},smiling_front/004_08.jpg,1\n`);
    const run = (workers: number) =>
      perturbMorphs(
        {
          pairs: list,
          images: join(data!, 'frll'),
          output: join(root, `${workers}`),
          alpha: 0.5,
          mode: 'combined',
          background: 'a',
          bonaFides: true,
          margin: 0.4,
          size: { width: 160, height: 160 },
          detector: 'mtcnn',
          select: 'largest',
          workers,
        },
        { signal: new AbortController().signal, listen: () => undefined },
      );
    const { record } = await run(1);
    assert.deepEqual(record.results, { morphs: 1, bonaFides: 2 });
    await run(2);
    for (const file of ['morph/004_03_022_03.png', 'bonafide/004_03.png', 'bonafide/022_03.png']) {
      const bytes = readFileSync(join(root, '1', file));
      assert.deepEqual(readFileSync(join(root, '2', file)), bytes, file);
      const { image } = await decodeImage(bytes);
      assert.deepEqual([image.width, image.height], [160, 160]);
    }
    assert.match(
      readFileSync(join(root, '1', 'labels.csv'), 'utf8'),
      /morph\/004_03_022_03.png,morph,004,022/,
    );
  });
});
