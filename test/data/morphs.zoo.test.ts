import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';
import { encodeImage } from '../../src/dataset/encode-image.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import { resize } from '../../src/image/resize.js';
import { lookAlikes } from '../../src/study/perturb/morph/look-alikes.js';
import { morphCheck } from '../../src/study/perturb/morph/morph-check.js';
import { perturbMorphs } from '../../src/study/perturb/morph/perturb-morphs.js';

const data = process.env.FACEPROBE_DATA;
const skip = data === undefined && 'FACEPROBE_DATA is not set';
const root = mkdtempSync(join(tmpdir(), 'faceprobe-morphs-'));
after(() => rmSync(root, { recursive: true, force: true }));

const context = { signal: new AbortController().signal, listen: () => undefined };
const faces = { detector: 'ultraface', select: 'largest' } as const;

describe('a set of morphs', { skip }, async () => {
  if (data === undefined) return;
  const photos = join(root, 'photos');
  mkdirSync(photos);
  const cv = await loadOpenCv();
  for (const name of ['neutral_front/004_03.jpg', 'smiling_front/004_08.jpg', 'neutral_front/022_03.jpg']) {
    const { image } = await decodeImage(join(data, 'frll', name));
    const half = resize(cv, image, 338, 338, 'area');
    writeFileSync(join(photos, basename(name, '.jpg') + '.png'), await encodeImage(half, 'png'));
  }

  it('is made of look-alikes, and checked against other photographs of both persons', async () => {
    const embedder = { ...faces, model: 'fr_feature', workers: 1 };
    const list = join(root, 'look-alikes.csv');
    const pairs = await lookAlikes({ ...embedder, inputPath: photos, uses: 1, output: list }, context);
    assert.equal(pairs.length, 1);
    const { a, b, cosine } = pairs[0];
    assert.deepEqual([a.identity, b.identity], ['004', '022']);
    // A pair of one person, which is left out.
    appendFileSync(list, '004_03.png,004_08.png,1,004,004,1\n');

    const morphs = join(root, 'morphs');
    const { record } = await perturbMorphs(
      {
        ...faces,
        pairs: list,
        images: photos,
        output: morphs,
        alpha: 0.5,
        mode: 'combined',
        background: 'a',
        bonaFides: true,
        margin: 0.4,
        size: { width: 160, height: 160 },
        workers: 2,
      },
      context,
    );
    assert.deepEqual(record.results, { morphs: 1, bonaFides: 2 });
    const stems = [a, b].map(({ image }) => image.replace('.png', ''));
    for (const file of [`morph/${stems.join('_')}`, `bonafide/${stems[0]}`, `bonafide/${stems[1]}`]) {
      const { image } = await decodeImage(join(morphs, `${file}.png`));
      assert.deepEqual([image.width, image.height], [160, 160]);
    }
    const labels = readFileSync(join(morphs, 'labels.csv'), 'utf8');
    assert.match(labels, new RegExp(`morph/${stems.join('_')}.png,morph,004,022`));

    const request = { ...embedder, morphs, images: photos, seed: 0 };
    const check = await morphCheck({ ...request, threshold: cosine }, context);
    // A morph is more like either person than they are like each other.
    assert.deepEqual([check.minMaxMmpmr.errors, check.minMaxMmpmr.trials], [1, 1]);
    assert.equal(check.withoutOtherPhotograph, 1);
    assert.deepEqual([check.fnmr?.errors, check.fnmr?.trials], [0, 1]);
    const comparisons = readFileSync(join(morphs, 'check-fr_feature.csv'), 'utf8');
    const other = a.image === '004_03.png' ? '004_08.png' : '004_03.png';
    assert.match(comparisons, new RegExp(`,004,${other},`));
    assert.equal(comparisons.trim().split('\n').length, 3);
  });
});
