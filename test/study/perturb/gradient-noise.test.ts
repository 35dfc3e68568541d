import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { decodeImage } from '../../../src/dataset/decode-image.js';
import { decodeModel } from '../../../src/onnx/index.js';
import {
  perturbGradientNoise,
  type PerturbGradientNoiseOptions,
} from '../../../src/study/perturb/gradient-noise/perturb-gradient-noise.js';
import { Workspace } from '../heatmaps/workspace.js';
import { card, height, tinyPad, width } from '../tiny-pad.js';

const space = new Workspace();
after(() => space.remove());

const names = ['a.png', 'b.png', 'sub/c.png'];
const context = { signal: new AbortController().signal, listen: () => undefined };

function run(output: string, options: Partial<PerturbGradientNoiseOptions> = {}) {
  return perturbGradientNoise(
    {
      inputPath: space.path('in'),
      outputPath: space.path(output),
      model: space.path('pad.onnx'),
      aligned: true,
      detector: 'mtcnn',
      select: 'largest',
      method: 'pgd',
      norm: 'linf',
      epsilon: 3,
      goal: 'flip',
      seed: 1,
      workers: 1,
      ...options,
    },
    context,
  );
}

const bytes = (output: string) => names.map((name) => readFileSync(space.path(`${output}/${name}`)));

describe('perturb gradient-noise', () => {
  before(async () => {
    space.write('pad.onnx', tinyPad());
    space.write('pad.card.json', JSON.stringify(card));
    for (const [at, name] of names.entries()) await space.image(`in/${name}`, width, height, at + 1);
  });

  it('moves every sample by epsilon along the sign of the weights of a linear network, in its channel order', async () => {
    await run('fgsm', { method: 'fgsm', goal: 'raise' });
    const { initializers } = decodeModel(tinyPad(), 'tiny').graph;
    const weights = initializers.get('w')!.data as Float32Array;
    const pixels = width * height;
    for (const name of names) {
      const { image } = await decodeImage(space.path(`in/${name}`));
      const { image: noisy } = await decodeImage(space.path(`fgsm/${name}`));
      const expected = Array.from(image.data, (sample, at) => {
        // The network takes planes of B, G, R; its second row of weights is `live`, the bona fide class.
        const element = (2 - (at % 3)) * pixels + Math.floor(at / 3);
        const slope = weights[3 * pixels + element] - weights[element];
        return Math.min(Math.max(sample + 3 * Math.sign(slope), 0), 255);
      });
      assert.deepEqual([...noisy.data], expected);
    }
  });

  it('records scores, decisions and norms, and a success rate with its interval', async () => {
    const { json, record } = await run('flip');
    const summary = (await json()) as {
      images: number;
      success: { trials: number; errors: number; interval: { low: number; high: number } };
      largest: { linf: number };
    };
    assert.equal(record.counts.done, 3);
    assert.deepEqual([summary.images, summary.success.trials, summary.largest.linf], [3, 3, 3]);
    assert.ok(summary.success.interval.low <= summary.success.errors / 3);
    const [head, ...lines] = readFileSync(space.path('flip/gradient-noise.csv'), 'utf8').trim().split('\n');
    assert.equal(head, 'file,output,direction,before,after,attackable,flipped,linf,l2');
    for (const line of lines) {
      const [, , direction, before, after, attackable, flipped] = line.split(',');
      assert.equal(direction, Number(before) >= 0.5 ? 'lower' : 'raise');
      assert.ok(direction === 'raise' ? Number(after) > Number(before) : Number(after) < Number(before));
      assert.equal(Number(flipped), Number(Number(before) >= 0.5 !== Number(after) >= 0.5));
      assert.equal(attackable, '1');
    }
  });

  it('does not depend on workers, and leaves finished images alone', async () => {
    await run('two', { workers: 2 });
    assert.deepEqual(bytes('two'), bytes('flip'));
    const written = statSync(space.path('flip/a.png')).mtimeMs;
    await run('flip');
    assert.equal(statSync(space.path('flip/a.png')).mtimeMs, written);
  });

  it('does not count images that have the wanted decision already', async () => {
    const { json } = await run('threshold', { goal: 'lower', threshold: 1.5 });
    const summary = (await json()) as { success: unknown; notAttackable: number };
    assert.deepEqual([summary.success, summary.notAttackable], [null, 3]);
  });

  it('refuses epsilon 0 and a target without a usual threshold', async () => {
    await assert.rejects(run('none', { epsilon: 0 }), /epsilon 0/);
    const outputs = { y: { kind: 'embedding', normalised: false } };
    space.write('embed.onnx', tinyPad());
    space.write(
      'embed.card.json',
      JSON.stringify({ ...card, task: 'verification', bonaFide: undefined, outputs }),
    );
    const embedder = { model: space.path('embed.onnx'), reference: space.path('in/a.png') };
    await assert.rejects(run('none', embedder), /--threshold: is missing/);
    await assert.rejects(run('none', { model: embedder.model, threshold: 0.4 }), /--reference/);
    const { json } = await run('towards', { ...embedder, threshold: 0.9, goal: 'raise' });
    const { meanBefore, meanAfter } = (await json()) as { meanBefore: number; meanAfter: number };
    assert.ok(meanAfter > meanBefore);
  });
});
