import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { decodeImage } from '../../../src/dataset/decode-image.js';
import { perturbPatch, type PerturbPatchOptions } from '../../../src/study/perturb/patch/perturb-patch.js';
import { Workspace } from '../heatmaps/workspace.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';

const space = new Workspace();
after(() => space.remove());

const names = ['a.png', 'b.png', 'c.png', 'd.png'];

function run(output: string, options: Partial<PerturbPatchOptions> = {}) {
  return perturbPatch(
    {
      inputPath: space.path('in'),
      outputPath: space.path(output),
      model: space.path('pad.onnx'),
      aligned: true,
      detector: 'mtcnn',
      select: 'largest',
      goal: 'raise',
      size: 6,
      place: [0.5, 0.5],
      jitter: 1,
      steps: 8,
      stepSize: 20,
      imagesPerStep: 2,
      trainImages: 2,
      seed: 1,
      workers: 1,
      ...options,
    },
    { signal: new AbortController().signal, listen: () => undefined },
  );
}

const bytes = (output: string) =>
  ['patch.png', ...names].map((name) => readFileSync(space.path(`${output}/${name}`)));

describe('perturb patch', () => {
  before(async () => {
    space.write('pad.onnx', tinyPad());
    space.write('pad.card.json', JSON.stringify(card));
    for (const [at, name] of names.entries()) await space.image(`in/${name}`, width, height, at + 1);
  });

  it('raises the score of images that it was not made on, and changes 6x6 pixels of each', async () => {
    const { json } = await run('one');
    const { otherImages, trainingImages } = (await json()) as Record<
      'otherImages' | 'trainingImages',
      { images: number; meanBefore: number; meanAfter: number }
    >;
    assert.deepEqual([otherImages.images, trainingImages.images], [2, 2]);
    assert.ok(otherImages.meanAfter > otherImages.meanBefore);
    const { image } = await decodeImage(space.path('in/a.png'));
    const { image: patched } = await decodeImage(space.path('one/a.png'));
    const { image: patch } = await decodeImage(space.path('one/patch.png'));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inside = x >= 7 && x < 13 && y >= 5 && y < 11;
        const pixel = patched.data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3);
        const from = inside ? ((y - 5) * 6 + x - 7) * 3 : (y * width + x) * 3;
        assert.deepEqual([...pixel], [...(inside ? patch : image).data.subarray(from, from + 3)]);
      }
    }
    const table = readFileSync(space.path('one/patch.csv'), 'utf8').trim().split('\n');
    assert.equal(table[0], 'file,output,training,before,after,attackable,flipped');
    assert.equal(table.length, 5);
  });

  it('does not depend on workers, and a second run makes nothing new', async () => {
    await run('two', { workers: 2 });
    assert.deepEqual(bytes('two'), bytes('one'));
    const { record } = await run('two');
    assert.equal(record.status, 'done');
    assert.deepEqual(bytes('two'), bytes('one'));
  });

  it('says where the patch does not fit', async () => {
    await assert.rejects(run('large', { size: 18 }), /18 pixels do not fit into the 20x16/);
  });
});
